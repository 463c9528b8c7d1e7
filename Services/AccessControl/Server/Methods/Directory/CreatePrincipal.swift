import AIP
import GRPCCore
import Identity
import Policy
import Postgres
import VigilAccessAPI

extension DirectoryService {
  func createPrincipal(request: PBCreatePrincipalRequest, context: ServerContext) async throws -> PBPrincipal {
    try await ledger.record(request, context) { change in
      try change.visitor.require(change.visitor.administration.mayEnrol)
      let principal = try Principal(request.principal, id: change.newID(), now: change.now)
      let organisation = OrganisationTest.id(principal.organisation)
      let standing = FilterTree<OrganisationTest>.condition(.isActive(true, at: change.now))
      let select = SelectRecords<Organisation>(.all([.condition(organisation), standing]), limit: 1)
      guard try await !change.transaction.execute(select).isEmpty else {
        throw ServiceError.notFound(type: "vigil.un.org/Organisation", name: request.principal.organisation)
      }
      try await change.transaction.execute(InsertPrincipal(principal: principal))
      return PBPrincipal(principal)
    }
  }
}

extension Principal {
  /// What a request wants made.
  fileprivate init(_ message: PBPrincipal, id: RecordID, now: PolicyTime) throws(ServiceError) {
    self.init(
      id: id,
      organisation: try OrganisationName(parsing: message.organisation, field: "principal.organisation").id,
      displayName: try FieldRules.text(message.displayName, field: "principal.display_name", limit: 200),
      credential: try Credential(message),
      clearance: try FieldRules.code(message.clearance, field: "principal.clearance"),
      createTime: now
    )
  }
}

extension Principal.Credential {
  fileprivate init(_ message: PBPrincipal) throws(ServiceError) {
    switch (message.certificateUri.isEmpty, message.tokenSubject.isEmpty) {
    case (false, true):
      // The system's own processes are no principals: they speak for themselves or hand calls on.
      guard let identity = PeerIdentity(uri: message.certificateUri), identity.kind == .client else {
        throw .invalid("principal.certificate_uri", "must be of the form spiffe://…/client/…")
      }
      self = .certificate(identity.uri)
    case (true, false):
      self = .token(try FieldRules.text(message.tokenSubject, field: "principal.token_subject", limit: 255))
    default:
      throw .invalid("principal.certificate_uri", "is required, or token_subject, and not both")
    }
  }
}
