import AIP
import GRPCCore
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension MissionService {
  func updateMission(request: PBUpdateMissionRequest, context: ServerContext) async throws -> PBMission {
    let name = try MissionName(parsing: request.mission.name, field: "mission.name")
    let paths = request.hasUpdateMask ? request.updateMask.paths : []
    let mask = try RegisterField.mask(paths, of: request.mission, in: Mission.fields)
    return try await change(request, context, of: name.id) { change, mission in
      try Etag(revision: mission.revision).check(request.mission.etag)
      var message = PBMission(mission)
      for field in mask { field.copy(&message, request.mission) }
      let changed = try mission.with(message, today: change.today)
      try await change.transaction.execute(UpdateMission(mission: changed))
      return PBMission(changed)
    }
  }
}

extension Mission {
  fileprivate static let fields: [RegisterField<PBMission>] = [
    .init("display_name") { $0.displayName = $1.displayName },
    .init("kind") { $0.kind = $1.kind },
    .init("start_date") { if $1.hasStartDate { $0.startDate = $1.startDate } else { $0.clearStartDate() } },
    .init("end_date") { if $1.hasEndDate { $0.endDate = $1.endDate } else { $0.clearEndDate() } },
    .init("active") { $0.active = $1.active },
    .init("dates_reviewed") { $0.datesReviewed = $1.datesReviewed },
    .init("note") { $0.note = $1.note },
  ]

  fileprivate func with(_ message: PBMission, today: PartialDate) throws(ServiceError) -> Mission {
    var changed = self
    changed.displayName = try FieldRules.text(message.displayName, field: "mission.display_name", limit: 200)
    changed.kind = try FieldRules.word(message.kind, field: "mission.kind")
    changed.startDate = try FieldRules.date(
      message.hasStartDate ? message.startDate : nil, field: "mission.start_date")
    changed.endDate = try FieldRules.date(message.hasEndDate ? message.endDate : nil, field: "mission.end_date")
    changed.isActive = message.active
    changed.areDatesReviewed = message.datesReviewed
    changed.note = try FieldRules.optionalText(message.note, field: "mission.note", limit: 500)
    changed.revision += 1
    if let start = changed.startDate, let end = changed.endDate, end.span.upperBound < start.rawValue {
      throw .impossibleDate("mission.end_date", "is before the first day", start)
    }
    if changed.isActive, let end = changed.endDate, end.span.upperBound < today.rawValue {
      throw .invalid("mission.active", "must be false of a mission that has ended")
    }
    return changed
  }
}
