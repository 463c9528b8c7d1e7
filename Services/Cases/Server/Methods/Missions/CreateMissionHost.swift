import AIP
import GRPCCore
import Policy
import VigilCasesAPI

extension MissionService {
  func createMissionHost(request: PBCreateMissionHostRequest, context: ServerContext) async throws -> PBMissionHost {
    let parent = try MissionName(parsing: request.parent, field: "parent")
    return try await change(request, context, of: parent.id) { change, mission in
      let message = request.missionHost
      let host = MissionHost(
        state: try FieldRules.state(message.state, field: "mission_host.state").description,
        role: try FieldRules.word(message.role, field: "mission_host.role"), isReviewed: false, id: change.newID())
      return try await write(try host.with(message), of: mission, change)
    }
  }
}

extension MissionHost {
  /// With what can be changed of a host.
  func with(_ message: PBMissionHost) throws(ServiceError) -> MissionHost {
    let field = "mission_host"
    var changed = self
    changed.startDate = try FieldRules.date(
      message.hasStartDate ? message.startDate : nil, field: "\(field).start_date")
    changed.endDate = try FieldRules.date(message.hasEndDate ? message.endDate : nil, field: "\(field).end_date")
    changed.agreement = try FieldRules.optionalText(message.agreement, field: "\(field).agreement", limit: 200)
    changed.isReviewed = message.reviewed
    return changed
  }
}
