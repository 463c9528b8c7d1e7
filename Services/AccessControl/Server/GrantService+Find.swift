import AIP
import GRPCCore
import Policy
import Postgres

// What several methods look for. What is not there and what the caller may not know of is one.
extension GrantService {
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
