import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension GrantService {
  func recordGrantConditions(
    request: PBRecordGrantConditionsRequest, context: ServerContext
  ) async throws -> PBGrant {
    let name = try GrantName(parsing: request.name)
    let fulfilled: GrantConditionSet = try FieldRules.codes(
      request.fulfilledConditions, field: "fulfilled_conditions")
    return try await ledger.record(request, context) { change in
      var permit = try await lockedPermit(name, change)
      let visitor = change.visitor
      // Who gains by a condition does not say that it holds.
      try visitor.require(visitor.approvesGrants && permit.grantee != visitor.actor.organisation.party)
      guard fulfilled.subtracting(permit.conditions).isEmpty else {
        throw ServiceError.invalid("fulfilled_conditions", "must be among the conditions of the grant")
      }
      try permit.take(.recordConditions, etag: request.etag)
      permit.fulfilled = fulfilled
      try await change.transaction.execute(UpdatePermit(permit: permit))
      return PBGrant(permit)
    }
  }
}
