import AIP
import Policy
import Postgres

/// A change that a State asks for. It alters nothing until a mission or headquarters accepts it (5h, invariant 16).
struct Proposal: Hashable, Sendable {
  enum State: Int16, Vocabulary {
    case pending = 1
    case accepted, refused, withdrawn

    static let prefix = "STATE_"

    var name: String {
      switch self {
      case .pending: "PENDING"
      case .accepted: "ACCEPTED"
      case .refused: "REFUSED"
      case .withdrawn: "WITHDRAWN"
      }
    }
  }

  var id: RecordID
  var caseID: RecordID
  /// Whose it is.
  var party: PartyID
  var proposer: RecordID
  /// The change, as the contract's message.
  var content: [UInt8]
  var reason: String
  var state = State.pending
  /// Who decided, when and why.
  var decider: RecordID?
  var decideTime: PostgresTimestamp?
  var decision = ""
  /// What came of it, by name.
  var result = ""
  var revision: Int64 = 1
  var createTime: PostgresTimestamp

  /// As it is once it is decided.
  func decided(
    _ state: State, by decider: RecordID, at time: PostgresTimestamp, because decision: String
  ) -> Proposal {
    var decided = self
    decided.state = state
    decided.decider = decider
    decided.decideTime = time
    decided.decision = decision
    decided.revision += 1
    return decided
  }

  /// As it stood at a time.
  func known(at time: PostgresTimestamp) -> Proposal {
    guard let decideTime, decideTime > time else { return self }
    var earlier = self
    earlier.state = .pending
    earlier.decider = nil
    earlier.decideTime = nil
    earlier.decision = ""
    earlier.result = ""
    earlier.revision -= 1
    return earlier
  }
}
