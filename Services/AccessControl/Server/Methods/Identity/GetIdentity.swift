import GRPCCore
import Identity
import Policy
import SwiftProtobuf
import VigilAccessAPI
import VigilTypeAPI

extension IdentityService {
  func getIdentity(request: PBGetIdentityRequest, context: ServerContext) async throws -> PBIdentity {
    let visitor = try await visitors.current()
    let actor = visitor.actor
    return .with {
      $0.principal = PrincipalName(visitor.principal).description
      $0.displayName = actor.principal.displayName
      $0.organisation = OrganisationName(actor.organisation.id).description
      $0.party = actor.organisation.party.description
      $0.readers = visitor.administration.readers.map { PBReaderClass($0) }
      if let token = Caller.current.token {
        $0.session = SessionName(principal: token.principal, token.session).description
      }
    }
  }
}
