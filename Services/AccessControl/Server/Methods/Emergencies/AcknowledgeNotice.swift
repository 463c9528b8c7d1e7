import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension EmergencyService {
  func acknowledgeNotice(request: PBAcknowledgeNoticeRequest, context: ServerContext) async throws -> PBNotice {
    let name = try NoticeName(parsing: request.name)
    return try await ledger.record(request, context) { change in
      let select = LockRecords<Notice>(.all([change.visitor.notices, .condition(.id(name.id))]), limit: 1)
      guard var notice = try await change.transaction.execute(select).first else {
        throw ServiceError.notFound(type: "vigil.un.org/Notice", name: request.name)
      }
      notice.acknowledge(at: change.now)
      try await change.transaction.execute(UpdateNotice(notice: notice))
      return PBNotice(notice)
    }
  }
}
