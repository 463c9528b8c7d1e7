/// Where a submission stands.
enum SubmissionState: Int16, StepState {
  case received = 1
  case acknowledged, accepted, declined, withdrawn

  static let prefix = "STATE_"

  var name: String {
    switch self {
    case .received: "RECEIVED"
    case .acknowledged: "ACKNOWLEDGED"
    case .accepted: "ACCEPTED"
    case .declined: "DECLINED"
    case .withdrawn: "WITHDRAWN"
    }
  }

  var next: Set<SubmissionState> {
    switch self {
    case .received: [.acknowledged, .declined, .withdrawn]
    case .acknowledged: [.accepted, .declined, .withdrawn]
    case .accepted, .declined: [.withdrawn]
    case .withdrawn: []
    }
  }

  /// Whether what it says can still be changed.
  var isOpen: Bool { self == .received || self == .acknowledged }

  func conditions(for state: SubmissionState) -> Set<ExchangeCondition> {
    switch state {
    case .received, .acknowledged: []
    // It changes nothing itself: what it led to is on record beside it (5h, invariant 16).
    case .accepted: [.caseNamed, .resultOnRecord]
    case .declined: [.answer]
    case .withdrawn: [.originator]
    }
  }
}

/// Who may see a submission beside its originator.
enum SubmissionAudience: Int16, Vocabulary {
  case headquarters = 1
  case mission, hostState

  static let prefix = "AUDIENCE_"

  var name: String {
    switch self {
    case .headquarters: "HEADQUARTERS"
    case .mission: "MISSION"
    case .hostState: "HOST_STATE"
    }
  }
}
