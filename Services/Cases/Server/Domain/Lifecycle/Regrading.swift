import AIP
import Policy
import Postgres

/// Another classification of a case: a higher one holds at once, a lower one when another person has agreed.
struct Regrading: TwoPersonDecision {
  var id: RecordID
  var caseID: RecordID
  var from: Classification
  var to: Classification
  var reason: String
  var proposer: RecordID
  var state = DecisionState.proposed
  /// Who confirmed or refused it, and when; of a higher one who asked for it.
  var decider: RecordID?
  var decideTime: PostgresTimestamp?
  var revision: Int64 = 1
  var createTime: PostgresTimestamp
}
