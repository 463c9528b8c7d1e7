import AIP
import Authorization
import Policy
import Postgres

/// A case that its caller may know of, and what the caller may see and do of it.
struct CaseSight: Sendable {
  let reader: CaseReader
  let facts: CaseFacts
  /// The class that carries the existence of what is asked for.
  let gate: DataClass
  /// Of reading it.
  private(set) var decision: Decision

  init(_ reader: CaseReader, _ facts: CaseFacts, gate: DataClass = .core) {
    self.reader = reader
    self.facts = facts
    self.gate = gate
    decision = reader.requester.decide(facts, gate: gate)
  }

  var requester: Requester { reader.requester }
  var principal: RecordID { requester.principal }
  var party: PartyID { requester.party }

  /// - Throws: PERMISSION_DENIED unless the caller may do so with all of the classes.
  func require(_ action: Action, _ classes: DataClassSet) throws(ServiceError) {
    guard requester.decide(facts, action, classes, gate: gate).effect == .allow else { throw .refused }
  }

  /// The same with nothing of other classes.
  func limited(to classes: DataClassSet) -> CaseSight {
    var limited = self
    limited.decision = decision.limited(to: classes)
    return limited
  }

  /// Whether the caller may change records of the class, and so see how they came about.
  func mayWrite(_ dataClass: DataClass) -> Bool { decision.writable.contains(dataClass) }
}

/// Lets callers to the cases that they may see.
struct CaseGate: Sendable {
  let readers: CaseReaders

  /// - Parameters:
  ///   - name: what the caller asks for: the case, or something of it.
  ///   - transaction: in the reader's scope or in that of everything.
  /// - Throws: NOT_FOUND for a case that there is not or that the caller may not know of.
  func sight(
    asking name: some CaseResourceName, for reader: CaseReader, in transaction: PostgresTransaction
  ) async throws -> CaseSight {
    let facts = try await transaction.execute(SelectCaseFacts(cases: [name.caseID])).first
    // The work is the same for one that there is not.
    let sight = CaseSight(reader, facts ?? .nowhere(name.caseID))
    guard facts != nil, sight.decision.isVisible else { throw ServiceError.notFound(name) }
    return sight
  }
}
