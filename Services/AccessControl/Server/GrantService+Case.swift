import AIP
import GRPCCore
import Policy
import Postgres

// What a caller stands to a case. A case that does not exist and one that it may not see are one.
extension GrantService {
  /// The caller, with handed-over roles, and a case that it may see.
  struct Sight: Sendable {
    var context: AccessContext
    var facts: CaseFacts
    var decision: Decision
    var evaluator: PolicyEvaluator
  }

  /// - Throws: NOT_FOUND for a case that the caller may not see.
  func sight(of id: RecordID, by visitor: Visitor) async throws -> Sight {
    let (snapshot, evaluator) = try broadcast.current()
    guard
      let subject = try await SubjectStore(executor: pool).subjects([visitor.principal], at: visitor.now).values.first
    else { throw ServiceError.refused }
    let environment = Environment(
      now: visitor.now, grants: snapshot.grants, emergencies: snapshot.emergencies, lockdowns: snapshot.lockdowns)
    let context = AccessContext(subject: subject, environment: environment)
    guard let facts = try await cases.facts(of: id) else { throw Self.unknown(id) }
    let decision = evaluator.decide(AccessRequest(context, resource: facts))
    guard decision.isVisible else { throw Self.unknown(id) }
    return Sight(context: context, facts: facts, decision: decision, evaluator: evaluator)
  }

  private static func unknown(_ id: RecordID) -> ServiceError {
    .notFound(type: "vigil.un.org/Case", name: CaseName(id).description)
  }

  /// A grant that the caller may know of.
  func permit(_ name: GrantName, for visitor: Visitor) async throws -> Permit {
    guard let found: Permit = try await lists.find(.id(name.id), among: visitor.permits) else {
      throw ServiceError.notFound(type: "vigil.un.org/Grant", name: name.description)
    }
    return found
  }

  /// The same, which nobody else changes until the change is made.
  func lockedPermit(_ name: GrantName, _ change: Change) async throws -> Permit {
    let visible: FilterTree<PermitTest> = .all([change.visitor.permits, .condition(.id(name.id))])
    guard let found = try await change.transaction.execute(LockRecords<Permit>(visible, limit: 1)).first else {
      throw ServiceError.notFound(type: "vigil.un.org/Grant", name: name.description)
    }
    return found
  }
}

extension Visitor {
  /// Which grants it may know of: those to its own party.
  var permits: FilterTree<PermitTest> {
    administration.decidesGrants ? .all([]) : .condition(.grantee(actor.organisation.party.description))
  }
}

extension Administration {
  /// Who sees and decides about grants to others.
  var decidesGrants: Bool { !readers.intersection([.headquarters, .legal]).isEmpty }
}

extension Permit {
  /// Takes a step.
  ///
  /// - Throws: ABORTED for another etag; FAILED_PRECONDITION for a step that its state does not allow.
  mutating func take(_ step: Step, etag: String) throws(ServiceError) {
    try Etag(revision: revision).check(etag)
    guard let next = state.after(step) else { throw .ended("the grant is past that") }
    state = next
    revision += 1
  }
}
