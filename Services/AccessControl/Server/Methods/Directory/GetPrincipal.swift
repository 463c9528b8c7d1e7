import AIP
import GRPCCore
import VigilAccessAPI

extension DirectoryService {
  func getPrincipal(request: PBGetPrincipalRequest, context: ServerContext) async throws -> PBPrincipal {
    let name = try PrincipalName(parsing: request.name)
    let visitor = try await visitors.current()
    return PBPrincipal(try await principal(name, among: visitor.principals))
  }
}
