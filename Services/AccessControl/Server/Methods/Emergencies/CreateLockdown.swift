import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilAccessAPI

extension EmergencyService {
  func createLockdown(request: PBCreateLockdownRequest, context: ServerContext) async throws -> PBLockdown {
    try await ledger.record(request, context) { change in
      let lock = try Lock(request.lockdown, change)
      let visitor = change.visitor
      try visitor.require(visitor.administration.mayLock(lock.mission, focalPointOf: visitor.missions))
      let message = PBLockdown(lock)
      try await change.transaction.execute(InsertLock(lock: lock))
      try await change.tell(
        try await change.others(holding: Administration.lockers), .lockdownBegun, about: message.name)
      return message
    }
  }
}

extension Lock {
  /// What a request wants locked.
  fileprivate init(_ message: PBLockdown, _ change: Change) throws(ServiceError) {
    guard let mode = Lockdown.Mode(number: message.mode.rawValue) else {
      throw .invalid("lockdown.mode", "must be one of the values")
    }
    self.init(
      id: change.newID(),
      mission: message.mission.isEmpty
        ? nil : try MissionName(parsing: message.mission, field: "lockdown.mission").party,
      mode: mode,
      period: try FieldRules.period(
        from: message.hasStartTime ? message.startTime : nil, until: message.hasEndTime ? message.endTime : nil,
        now: change.now, notBefore: change.now),
      initiator: change.visitor.principal,
      createTime: change.now
    )
  }
}
