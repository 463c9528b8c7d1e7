import AIP
import Postgres

/// Where something stands that one person proposes and another decides.
enum DecisionState: Int16, Vocabulary {
  case proposed = 1
  case confirmed, refused

  static let prefix = "STATE_"

  var name: String {
    switch self {
    case .proposed: "PROPOSED"
    case .confirmed: "CONFIRMED"
    case .refused: "REFUSED"
    }
  }
}

/// What one person proposes and another confirms.
protocol TwoPersonDecision: Hashable, Sendable {
  var proposer: RecordID { get }
  var state: DecisionState { get set }
  /// Who confirmed or refused it, and when.
  var decider: RecordID? { get set }
  var decideTime: PostgresTimestamp? { get set }
  var revision: Int64 { get set }
}

extension TwoPersonDecision {
  /// As it is once it is decided.
  ///
  /// - Throws: ``LifecycleRefusal`` for whoever proposed it and would confirm it.
  func decided(_ state: DecisionState, by person: RecordID, at time: PostgresTimestamp) throws(LifecycleRefusal) -> Self
  {
    guard state != .confirmed || person != proposer else { throw .missing([.secondPerson]) }
    var decided = self
    decided.state = state
    decided.decider = person
    decided.decideTime = time
    decided.revision += 1
    return decided
  }

  /// As it stood at a time.
  func known(at time: PostgresTimestamp) -> Self {
    guard let decideTime, decideTime > time else { return self }
    var earlier = self
    earlier.state = .proposed
    earlier.decider = nil
    earlier.decideTime = nil
    earlier.revision -= 1
    return earlier
  }
}
