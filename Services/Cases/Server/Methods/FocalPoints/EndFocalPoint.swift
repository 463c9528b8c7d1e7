import AIP
import GRPCCore
import Postgres
import VigilCasesAPI
import VigilTypeAPI

extension FocalPointService {
  func endFocalPoint(request: PBEndFocalPointRequest, context: ServerContext) async throws -> PBFocalPoint {
    let name = try FocalPointName(parsing: request.name)
    return try await change(request, context, in: { try $0.named(name).seat }) { change, tenures in
      let tenure = try tenures.named(name)
      try Etag(revision: tenure.revision).check(request.etag)
      let ended = try tenure.ended(request.hasEndDate ? request.endDate : nil)
      try await change.transaction.execute(UpdateTenure(tenure: ended))
      return ended
    }
  }
}

extension Tenure {
  func ended(_ message: PBPartialDate?) throws(ServiceError) -> Tenure {
    let day = try FieldRules.day(message, field: "end_date")
    do {
      return try ended(on: day)
    } catch {
      throw ServiceError(error)
    }
  }
}
