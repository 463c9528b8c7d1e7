import AIP
import Postgres

/// The closing of a case: proposed by one person, confirmed by another.
struct Closure: Hashable, Sendable {
  enum State: Int16, Vocabulary {
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

  var id: RecordID
  var caseID: RecordID
  var outcome: ClosureOutcome
  var reason: String
  var document: String
  var proposer: RecordID
  var state = State.proposed
  /// Who confirmed or refused it, and when.
  var decider: RecordID?
  var decideTime: PostgresTimestamp?
  var revision: Int64 = 1
  var createTime: PostgresTimestamp

  /// As it is once it is decided.
  ///
  /// - Throws: ``LifecycleRefusal`` for whoever proposed it and would confirm it.
  func decided(_ state: State, by person: RecordID, at time: PostgresTimestamp) throws(LifecycleRefusal) -> Closure {
    guard state != .confirmed || person != proposer else { throw .missing([.secondPerson]) }
    var decided = self
    decided.state = state
    decided.decider = person
    decided.decideTime = time
    decided.revision += 1
    return decided
  }

  /// As it stood at a time.
  func known(at time: PostgresTimestamp) -> Closure {
    guard let decideTime, decideTime > time else { return self }
    var earlier = self
    earlier.state = .proposed
    earlier.decider = nil
    earlier.decideTime = nil
    earlier.revision -= 1
    return earlier
  }
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
