import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension GrantService {
  func liftEmbargo(request: PBLiftEmbargoRequest, context: ServerContext) async throws -> PBEmbargo {
    let name = try EmbargoName(parsing: request.name)
    let visitor = try await visitors.current()
    let unknown = ServiceError.notFound(type: "vigil.un.org/Embargo", name: request.name)
    guard let known: Hold = try await lists.find(.id(name.id), among: .all([])) else { throw unknown }
    let sight: CaseSights.Sight
    do {
      sight = try await sights.sight(of: known.caseID, by: visitor)
    } catch let error as ServiceError where error.code == .notFound {
      throw unknown
    }
    // Whoever could not have made it may not know of it either.
    guard sight.decision.writable.contains(known.kind.responsibility) else { throw unknown }
    return try await ledger.record(request, context) { change in
      let select = LockRecords<Hold>(.condition(.id(name.id)), limit: 1)
      guard var hold = try await change.transaction.execute(select).first else { throw unknown }
      try Etag(revision: hold.revision).check(request.etag)
      guard change.now < hold.period.until else { throw ServiceError.ended("the embargo has ended already") }
      hold.period.until = max(change.now, hold.period.from)
      hold.lifter = change.visitor.principal
      hold.revision += 1
      try await change.transaction.execute(LiftHold(hold: hold))
      return PBEmbargo(hold)
    }
  }
}
