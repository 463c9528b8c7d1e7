import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension EmergencyService {
  func reviewEmergencyAccess(
    request: PBReviewEmergencyAccessRequest, context: ServerContext
  ) async throws -> PBEmergencyAccess {
    let name = try EmergencyAccessName(parsing: request.name)
    let finding = try FieldRules.text(request.finding, field: "finding", limit: 2000)
    return try await ledger.record(request, context) { change in
      let visitor = change.visitor
      let select = LockRecords<Emergency>(.all([visitor.emergencies, .condition(.id(name.id))]), limit: 1)
      guard var emergency = try await change.transaction.execute(select).first else {
        throw ServiceError.notFound(type: "vigil.un.org/EmergencyAccess", name: request.name)
      }
      try visitor.require(visitor.administration.mayReviewEmergencies && emergency.principal != visitor.principal)
      try Etag(revision: emergency.revision).check(request.etag)
      guard emergency.reviewer == nil else { throw ServiceError.ended("the emergency access was reviewed already") }
      emergency.review(by: visitor.principal, finding: finding, at: change.now)
      try await change.transaction.execute(UpdateEmergency(emergency: emergency))
      try await change.tell([emergency.principal], .emergencyAccessReviewed, about: request.name)
      return PBEmergencyAccess(emergency)
    }
  }
}
