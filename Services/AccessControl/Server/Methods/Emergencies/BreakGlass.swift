import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilAccessAPI

extension EmergencyService {
  func breakGlass(request: PBBreakGlassRequest, context: ServerContext) async throws -> PBEmergencyAccess {
    let caseID = try CaseName(parsing: request.case, field: "case").id
    let visitor = try await visitors.current()
    let (viewpoint, evaluator) = try await sights.viewpoint(of: visitor)
    // Whom the policy does not name learns nothing of the case.
    try visitor.require(evaluator.mayBreakGlass(viewpoint))
    let seconds = try Self.seconds(request, evaluator.policy.emergency)
    let facts = try await sights.cases.facts(of: caseID)
    return try await ledger.record(request, context) { change in
      var viewpoint = viewpoint
      viewpoint.environment.now = change.now
      let emergency = Emergency(
        id: change.newID(), caseID: caseID, principal: change.visitor.principal, reason: request.reason,
        period: Period(from: change.now, until: change.now.advanced(bySeconds: seconds)),
        notified: try await change.others(holding: Administration.reviewers), createTime: change.now)
      // Before the case is looked at: a refusal tells nothing of it.
      if let refusal = evaluator.refusal(of: emergency.breakGlass, by: viewpoint) {
        throw ServiceError(refusal, evaluator.policy.emergency)
      }
      guard let facts, evaluator.opens(emergency.breakGlass, facts, for: viewpoint) else {
        throw CaseSights.unknown(caseID)
      }
      let message = PBEmergencyAccess(emergency)
      try await change.transaction.execute(InsertEmergency(emergency: emergency))
      try await change.tell(emergency.notified, .emergencyAccessUsed, about: message.name)
      return message
    }
  }

  /// How long it is to last; as long as the policy allows unless the request says less.
  private static func seconds(_ request: PBBreakGlassRequest, _ rule: EmergencyRule) throws(ServiceError) -> Int64 {
    let longest = Int64(rule.hours) * 3600
    guard request.hasDuration else { return longest }
    guard 0 < request.duration.seconds, request.duration.seconds <= longest, request.duration.nanos == 0 else {
      throw .invalid(
        "duration", "must be of whole seconds, more than none and not longer than the policy allows",
        metadata: ["hours": String(rule.hours)])
    }
    return request.duration.seconds
  }
}

extension ServiceError {
  fileprivate init(_ refusal: BreakGlassRefusal, _ rule: EmergencyRule) {
    switch refusal {
    case .notEntitled: self = .refused
    case .noReason: self = .invalid("reason", "is required")
    case .badPeriod: self = .invalid("duration", "must not be longer than the policy allows")
    case .tooFewTold:
      self.init(
        .failedPrecondition, .nobodyToTell, "there are too few others who could be told",
        metadata: ["needed": String(rule.notices)])
    }
  }
}
