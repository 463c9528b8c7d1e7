import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension MissionService {
  func updateMissionHost(request: PBUpdateMissionHostRequest, context: ServerContext) async throws -> PBMissionHost {
    let name = try MissionHostName(parsing: request.missionHost.name, field: "mission_host.name")
    let paths = request.hasUpdateMask ? request.updateMask.paths : []
    let mask = try RegisterField.mask(paths, of: request.missionHost, in: MissionHost.fields)
    return try await change(request, context, of: name.mission) { change, mission in
      let host = try mission.host(name)
      try Etag(revision: host.revision).check(request.missionHost.etag)
      var message = PBMissionHost(host, of: mission.id)
      for field in mask { field.copy(&message, request.missionHost) }
      var changed = try host.with(message)
      changed.revision += 1
      return try await write(changed, of: mission, change)
    }
  }
}

extension MissionHost {
  fileprivate static let fields: [RegisterField<PBMissionHost>] = [
    .init("start_date") { if $1.hasStartDate { $0.startDate = $1.startDate } else { $0.clearStartDate() } },
    .init("end_date") { if $1.hasEndDate { $0.endDate = $1.endDate } else { $0.clearEndDate() } },
    .init("agreement") { $0.agreement = $1.agreement },
    .init("reviewed") { $0.reviewed = $1.reviewed },
  ]
}
