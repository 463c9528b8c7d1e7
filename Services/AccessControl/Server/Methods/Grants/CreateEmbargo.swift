import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension GrantService {
  func createEmbargo(request: PBCreateEmbargoRequest, context: ServerContext) async throws -> PBEmbargo {
    let caseID = try CaseName(parsing: request.embargo.case, field: "embargo.case").id
    let kind: EmbargoKind = try FieldRules.code(request.embargo.kind, field: "embargo.kind")
    let visitor = try await visitors.current()
    let sight = try await sights.sight(of: caseID, by: visitor)
    try visitor.require(sight.decision.writable.contains(kind.responsibility))
    return try await ledger.record(request, context) { change in
      let message = request.embargo
      let hold = Hold(
        id: change.newID(), caseID: caseID, kind: kind,
        period: try FieldRules.period(
          from: message.hasStartTime ? message.startTime : nil, until: message.hasEndTime ? message.endTime : nil,
          now: change.now, notBefore: change.now),
        createTime: change.now)
      try await change.transaction.execute(InsertHold(hold: hold))
      return PBEmbargo(hold)
    }
  }
}
