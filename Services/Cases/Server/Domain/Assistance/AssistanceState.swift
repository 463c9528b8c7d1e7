/// Where a host State's request for assistance stands: what may follow what, and what must be shown for it.
enum AssistanceState: Int16, StepState {
  /// By the State; it alters nothing until it is accepted into the register (5h, invariant 16).
  case proposed = 1
  case refused, requested, accepted, declined, inDelivery, completed, withdrawn

  static let prefix = "STATE_"

  var name: String {
    switch self {
    case .proposed: "PROPOSED"
    case .refused: "REFUSED"
    case .requested: "REQUESTED"
    case .accepted: "ACCEPTED"
    case .declined: "DECLINED"
    case .inDelivery: "IN_DELIVERY"
    case .completed: "COMPLETED"
    case .withdrawn: "WITHDRAWN"
    }
  }

  /// What may follow.
  var next: Set<AssistanceState> {
    switch self {
    case .proposed: [.requested, .refused, .withdrawn]
    case .requested: [.accepted, .declined, .withdrawn]
    case .accepted: [.inDelivery, .withdrawn]
    case .inDelivery: [.completed, .withdrawn]
    case .refused, .declined, .completed, .withdrawn: []
    }
  }

  /// Whether assistance that answers it can be put on record.
  var isAnswered: Bool { self == .accepted || self == .inDelivery }

  /// What must be shown for the step to `state`, one of ``next``.
  func conditions(for state: AssistanceState) -> Set<AssistanceCondition> {
    switch (self, state) {
    case (.proposed, .requested): [.secondPerson]
    case (_, .accepted): [.mandateBasis]
    case (_, .inDelivery): [.deliveryOnRecord, .humanRightsCleared]
    case (_, .completed): [.resultsOnRecord]
    default: []
    }
  }
}

/// What must be shown before a request for assistance takes a step.
enum AssistanceCondition: String, CaseIterable, StepCondition {
  case secondPerson = "SECOND_PERSON"
  case mandateBasis = "MANDATE_BASIS"
  case deliveryOnRecord = "DELIVERY_ON_RECORD"
  case humanRightsCleared = "HUMAN_RIGHTS_CLEARED"
  case resultsOnRecord = "RESULTS_ON_RECORD"

  /// What would satisfy it, for the person whose step was refused.
  var remedy: String {
    switch self {
    case .secondPerson: "Have another person, who may do so too, accept it."
    case .mandateBasis: "Name the mandate within which it is answered."
    case .deliveryOnRecord: "Record the assistance that answers it."
    case .humanRightsCleared: "Record that the human rights assessment lets every delivery be made, or is not required."
    case .resultsOnRecord: "Record of every delivery when it ended and what came of it."
    }
  }
}

typealias AssistanceRefusal = StepRefusal<AssistanceState>

/// What there is to show for the next step of a request.
struct AssistanceGrounds: Hashable, Sendable {
  /// A delivery that answers the request.
  struct Delivery: Hashable, Sendable {
    var assessment: HumanRightsAssessment
    /// Whether it is over and what came of it is told.
    var isReported: Bool
  }

  /// Whether who takes the step is another than who recorded the request.
  var isAnotherPerson: Bool
  var hasMandateBasis: Bool
  var deliveries: [Delivery]

  var shown: Set<AssistanceCondition> {
    var shown: Set<AssistanceCondition> = []
    if isAnotherPerson { shown.insert(.secondPerson) }
    if hasMandateBasis { shown.insert(.mandateBasis) }
    guard !deliveries.isEmpty else { return shown }
    shown.insert(.deliveryOnRecord)
    if deliveries.allSatisfy(\.assessment.allows) { shown.insert(.humanRightsCleared) }
    if deliveries.allSatisfy(\.isReported) { shown.insert(.resultsOnRecord) }
    return shown
  }
}
