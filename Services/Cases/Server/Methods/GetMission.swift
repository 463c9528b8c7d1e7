import AIP
import Authorization
import GRPCCore
import VigilCasesAPI

extension CaseService {
  func getMission(request: PBGetMissionRequest, context: ServerContext) async throws -> PBMission {
    _ = try readers.authorizer.requester()
    let name = try MissionName(parsing: request.name)
    guard let mission = try await store.missions().first(where: { $0.id == name.id }) else {
      throw ServiceError.notFound(type: "vigil.un.org/Mission", name: request.name)
    }
    return PBMission(mission)
  }
}
