import AIP
import Postgres

/// The closing of a case.
struct Closure: TwoPersonDecision {
  var id: RecordID
  var caseID: RecordID
  var outcome: ClosureOutcome
  var reason: String
  var document: String
  var proposer: RecordID
  var state = DecisionState.proposed
  /// Who confirmed or refused it, and when.
  var decider: RecordID?
  var decideTime: PostgresTimestamp?
  var revision: Int64 = 1
  var createTime: PostgresTimestamp
}

/// A step that a case took.
struct CaseTransition: Hashable, Sendable {
  var id: RecordID
  var caseID: RecordID
  /// Nil of its beginning.
  var from: Case.State?
  var to: Case.State
  var reason: String
  var author: RecordID
  /// The closure behind it.
  var closure: RecordID?
  /// The case that stands for it from then on.
  var survivor: RecordID?
  var createTime: PostgresTimestamp
}
