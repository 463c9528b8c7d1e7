import AIP
import GRPCCore
import Postgres
import VigilCasesAPI

extension MissionService {
  func endMissionHost(request: PBEndMissionHostRequest, context: ServerContext) async throws -> PBMissionHost {
    let name = try MissionHostName(parsing: request.name)
    return try await change(request, context, of: name.mission) { change, mission in
      var host = try mission.host(name)
      try Etag(revision: host.revision).check(request.etag)
      host.revision += 1
      switch request.end {
      case .endDate(let message):
        host.endDate = try FieldRules.date(message, field: "end_date")
        return try await write(host, of: mission, change)
      case .inError(true):
        _ = try await change.transaction.execute(WithdrawMissionHost(id: host.id), TouchMission(id: mission.id))
        return PBMissionHost(host, of: mission.id)
      default: throw ServiceError.invalid("end", "must be a last day, or an error")
      }
    }
  }
}
