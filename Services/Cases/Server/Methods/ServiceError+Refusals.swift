import AIP
import GRPCCore
import GRPCProtobuf

// What the machines refuse, as the contract tells it.
extension ServiceError {
  /// FAILED_PRECONDITION with a violation for each condition.
  fileprivate static func failed(
    _ reason: ErrorReason, _ message: String, on subject: String,
    _ violations: [(type: String, remedy: String)], metadata: [String: String] = [:]
  ) -> ServiceError {
    let violations = violations.sorted { $0.type < $1.type }.map {
      ErrorDetails.PreconditionFailure.Violation(type: $0.type, subject: subject, description: $0.remedy)
    }
    return ServiceError(
      .failedPrecondition, reason, message, metadata: metadata, details: [.preconditionFailure(violations: violations)])
  }

  fileprivate static func notAllowed(
    _ subject: String, after: String, allowed: [String]
  ) -> ServiceError {
    let allowed = allowed.sorted()
    let remedy = allowed.isEmpty ? "Nothing may follow \(after)." : "Choose one of \(allowed.joined(separator: ", "))."
    return failed(
      .transitionNotAllowed, "this cannot follow \(after)", on: subject,
      [(ErrorReason.transitionNotAllowed.rawValue, remedy)],
      metadata: ["after": after, "allowed": allowed.joined(separator: " ")])
  }

  fileprivate static func notMet(
    _ subject: String, _ conditions: [(type: String, remedy: String)]
  ) -> ServiceError {
    let names = conditions.map(\.type).sorted()
    return failed(
      .conditionsNotMet, "not yet shown: \(names.joined(separator: ", "))", on: subject, conditions,
      metadata: ["conditions": names.joined(separator: " ")])
  }

  /// - Parameter subject: the resource whose step was refused, by name.
  init(_ refusal: LifecycleRefusal, on subject: String) {
    switch refusal {
    case .notAllowed(let after, let allowed):
      self = .notAllowed(subject, after: after.name, allowed: allowed.map(\.name))
    case .missing(let conditions):
      self = .notMet(subject, conditions.map { ($0.rawValue, $0.remedy) })
    }
  }

  /// - Parameter subject: the resource whose step was refused, by name.
  init<State: StepState>(_ refusal: StepRefusal<State>, on subject: String) {
    switch refusal {
    case .notAllowed(let after, let allowed):
      self = .notAllowed(subject, after: after.name, allowed: allowed.map(\.name))
    case .missing(let conditions):
      self = .notMet(subject, conditions.map { ($0.rawValue, $0.remedy) })
    }
  }

  /// - Parameter subject: the item of evidence, by name.
  init(_ refusal: CustodyRefusal, on subject: String) {
    switch refusal {
    case .notYours: self = .refused
    case .disposed: self = .contentDestroyed
    case .missing(let conditions): self = .notMet(subject, conditions.map { ($0.rawValue, $0.remedy) })
    }
  }

  /// - Parameter subject: the track whose step was refused, by name.
  init<StageName: Stage>(_ refusal: StageRefusal<StageName>, on subject: String) {
    switch refusal {
    case .notAllowed(let after, let allowed):
      self = .notAllowed(subject, after: after.name, allowed: allowed.map(\.name))
    case .missing(let conditions):
      self = .notMet(subject, conditions.map { ($0.rawValue, $0.remedy) })
    case .beforeIncident(let date): self = .impossibleDate("assertion.effective_date", "is before the incident", date)
    case .afterKnown(let date): self = .impossibleDate("assertion.effective_date", "is in the future", date)
    case .inferred: self = .invalid("assertion.inferred", "is the register's to say")
    case .outOfOrder: self = ServiceError(.aborted, .conflict, "the register has learnt of something later")
    case .disputed(let rivals):
      let names = rivals.map(\.name).sorted().joined(separator: " ")
      self = .failed(
        .stageDisputed, "two confirmed assertions contradict each other", on: subject,
        [(ErrorReason.stageDisputed.rawValue, "Correct one of the assertions of \(names).")],
        metadata: ["rivals": names])
    case .nothingToSupersede: self = .uncorrectable(subject, "Name an assertion of the track that stands.")
    case .claimAgainstConfirmed: self = .uncorrectable(subject, "Confirm what corrects a confirmed assertion.")
    case .breaksWay(let stage):
      self = .uncorrectable(subject, "Correct \(stage.name), which could not follow, first.")
    }
  }

  private static func uncorrectable(_ subject: String, _ remedy: String) -> ServiceError {
    let reason = ErrorReason.assertionNotCorrectable
    return failed(reason, "the assertion cannot be corrected so", on: subject, [(reason.rawValue, remedy)])
  }
}
