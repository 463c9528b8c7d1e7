import AIP
import GRPCCore
import VigilAccessAPI

extension GrantService {
  func getGrant(request: PBGetGrantRequest, context: ServerContext) async throws -> PBGrant {
    let name = try GrantName(parsing: request.name)
    return PBGrant(try await permit(name, for: try await visitors.current()))
  }
}
