import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension EmergencyService {
  func endLockdown(request: PBEndLockdownRequest, context: ServerContext) async throws -> PBLockdown {
    let name = try LockdownName(parsing: request.name)
    return try await ledger.record(request, context) { change in
      let visitor = change.visitor
      let select = LockRecords<Lock>(.all([visitor.locks, .condition(.id(name.id))]), limit: 1)
      guard var lock = try await change.transaction.execute(select).first else {
        throw ServiceError.notFound(type: "vigil.un.org/Lockdown", name: request.name)
      }
      try visitor.require(visitor.administration.mayUnlock && lock.initiator != visitor.principal)
      try Etag(revision: lock.revision).check(request.etag)
      guard change.now < lock.period.until else { throw ServiceError.ended("the lockdown has ended already") }
      lock.end(by: visitor.principal, at: change.now)
      try await change.transaction.execute(UpdateLock(lock: lock))
      try await change.tell(
        try await change.others(holding: Administration.lockers), .lockdownEnded, about: request.name)
      return PBLockdown(lock)
    }
  }
}
