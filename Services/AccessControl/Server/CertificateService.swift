import AIP
import GRPCCore
import Identity
import Policy
import Postgres
import VigilAccessAPI

/// `vigil.access.v1.CertificateService`: certificates, by which systems prove who they are. Each method is in a file of its
/// own in `Methods/Certificates`.
struct CertificateService: PBCertificateService.SimpleServiceProtocol {
  let visitors: Visitors
  let lists: Lists
  let ledger: Ledger
  /// Nil in a deployment that issues its certificates elsewhere.
  let authority: CertificateAuthority?

  /// The authority, for who is about to issue.
  func readyAuthority() throws(ServiceError) -> CertificateAuthority {
    guard let authority else {
      throw ServiceError(
        .failedPrecondition, .noCertificateAuthority, "this deployment has no authority of its own to issue with")
    }
    return authority
  }

  /// A certificate that the caller may know of, which nobody else changes until the change is made.
  func locked(_ serial: SerialNumber, _ change: Change) async throws -> CertificateRecord? {
    let visible: FilterTree<CertificateTest> = .all([change.visitor.certificates, .condition(.serial(serial))])
    return try await change.transaction.execute(LockRecords<CertificateRecord>(visible, limit: 1)).first
  }

  static func unknown(_ name: String) -> ServiceError {
    .notFound(type: "vigil.un.org/Certificate", name: name)
  }
}

extension Visitor {
  /// Which certificates it may know of.
  var certificates: FilterTree<CertificateTest> {
    administration.seesAll ? .all([]) : .condition(.organisation(actor.organisation.id))
  }
}

extension Change {
  /// The name in the certificates of a system, which cannot be stopped until the change is made.
  ///
  /// - Throws: NOT_FOUND for a principal that the caller may not know of; FAILED_PRECONDITION for one that was stopped, or is
  ///   a person.
  func identity(of id: RecordID) async throws -> PeerIdentity {
    let visible: FilterTree<PrincipalTest> = .all([visitor.principals, .condition(.id(id))])
    guard let principal = try await transaction.execute(LockRecords<Principal>(visible, limit: 1)).first else {
      throw ServiceError.notFound(type: "vigil.un.org/Principal", name: PrincipalName(id).description)
    }
    guard !principal.isDisabled else { throw ServiceError.ended("the principal was stopped") }
    guard let identity = principal.credential.certificate.flatMap({ PeerIdentity(uri: $0) }) else {
      throw ServiceError.invalid("principal", "must be a system, whose certificates name it")
    }
    return identity
  }
}
