import AIP
import GRPCCore
import Postgres
import VigilCasesAPI

extension FocalPointService {
  func handOverFocalPoint(request: PBHandOverFocalPointRequest, context: ServerContext) async throws -> PBFocalPoint {
    let name = try FocalPointName(parsing: request.name)
    return try await change(request, context, in: { try $0.named(name).seat }) { change, tenures in
      let tenure = try tenures.named(name)
      try Etag(revision: tenure.revision).check(request.etag)
      let ended = try tenure.ended(request.hasEndDate ? request.endDate : nil)
      let successor = Tenure(
        id: change.newID(), seat: tenure.seat,
        principal: try FieldRules.principal(request.successor, field: "successor", change),
        alternates: try FieldRules.principals(request.alternates, field: "alternates", change),
        languages: try FieldRules.languages(request.languages, field: "languages"),
        start: (ended.end ?? ended.start).nextDay, predecessor: tenure.id,
        note: try FieldRules.optionalText(request.note, field: "note", limit: 2000), createTime: change.now)
      let others = tenures.filter { $0.id != tenure.id } + [ended]
      try await change.transaction.execute(UpdateTenure(tenure: ended))
      try await change.transaction.execute(InsertTenure(tenure: try others.checked(successor)))
      return successor
    }
  }
}
