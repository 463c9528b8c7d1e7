import AIP
import GRPCCore
import Policy
import Postgres

// What several methods look for. What is not there and what the caller may not know of is one.
extension DirectoryService {
  func principal(_ name: PrincipalName, among visible: FilterTree<PrincipalTest>) async throws -> Principal {
    guard let found: Principal = try await lists.find(.id(name.id), among: visible) else {
      throw ServiceError.notFound(type: "vigil.un.org/Principal", name: name.description)
    }
    return found
  }

  /// The principal, which nobody else changes until the change is made.
  func lockedPrincipal(_ name: PrincipalName, _ change: Change) async throws -> Principal {
    let visible: FilterTree<PrincipalTest> = .all([change.visitor.principals, .condition(.id(name.id))])
    guard let found = try await change.transaction.execute(LockRecords<Principal>(visible, limit: 1)).first else {
      throw ServiceError.notFound(type: "vigil.un.org/Principal", name: name.description)
    }
    return found
  }
}

extension ServiceError {
  /// FAILED_PRECONDITION for what is over.
  static func ended(_ message: String) -> ServiceError {
    ServiceError(.failedPrecondition, .resourceEnded, message)
  }
}
