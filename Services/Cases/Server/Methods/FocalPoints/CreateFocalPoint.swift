import AIP
import GRPCCore
import Policy
import Postgres
import VigilCasesAPI

extension FocalPointService {
  func createFocalPoint(request: PBCreateFocalPointRequest, context: ServerContext) async throws -> PBFocalPoint {
    let message = request.focalPoint
    let seat = try Seat(message)
    return try await change(request, context, in: { _ in seat }) { change, tenures in
      try await checkMission(of: seat, change)
      let tenure = try tenures.checked(try Tenure(message, seat, change))
      try await change.transaction.execute(InsertTenure(tenure: tenure))
      return tenure
    }
  }

  private func checkMission(of seat: Seat, _ change: CaseChange) async throws {
    guard let mission = seat.mission else { return }
    guard try await change.transaction.execute(SelectMissions()).contains(where: { $0.id == mission }) else {
      throw ServiceError.notFound(type: "vigil.un.org/Mission", name: MissionName(mission).description)
    }
  }
}

extension Seat {
  fileprivate init(_ message: PBFocalPoint) throws(ServiceError) {
    let kind: Seat.Kind = try FieldRules.word(message.seat, field: "focal_point.seat")
    let field = "focal_point.mission"
    let mission = message.mission.isEmpty ? nil : try FieldRules.mission(message.mission, field: field)
    guard let seat = Seat(kind, mission: mission) else {
      throw .invalid(field, kind == .mission ? "is required" : "does not belong to this seat")
    }
    self = seat
  }
}

extension Tenure {
  fileprivate init(_ message: PBFocalPoint, _ seat: Seat, _ change: CaseChange) throws(ServiceError) {
    let field = "focal_point"
    let start = try FieldRules.day(message.hasStartDate ? message.startDate : nil, field: "\(field).start_date")
    let end = message.hasEndDate ? try FieldRules.day(message.endDate, field: "\(field).end_date") : nil
    if let end, end < start { throw .impossibleDate("\(field).end_date", "is before the first day", start) }
    self.init(
      id: change.newID(), seat: seat,
      principal: try FieldRules.principal(message.principal, field: "\(field).principal", change),
      alternates: try FieldRules.principals(message.alternates, field: "\(field).alternates", change),
      languages: try FieldRules.languages(message.languages, field: "\(field).languages"),
      start: start, end: end, createTime: change.now)
  }
}
