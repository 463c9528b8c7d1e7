/// With what a case is closed.
enum ClosureOutcome: Int16, Vocabulary {
  case finalConviction = 1
  case finalAcquittal, mixedFinal, dismissed, suspectsDeceased, amnestyOrPardon, prescribed, jurisdictionDeclined
  case notCriminal, duplicate, enteredInError, closedUnresolved

  static let prefix = "CLOSURE_OUTCOME_"

  var name: String {
    switch self {
    case .finalConviction: "CONVICTION_FINAL"
    case .finalAcquittal: "ACQUITTAL_FINAL"
    case .mixedFinal: "MIXED_FINAL"
    case .dismissed: "DISMISSED"
    case .suspectsDeceased: "ALL_SUSPECTS_DECEASED"
    case .amnestyOrPardon: "AMNESTY_PARDON"
    case .prescribed: "PRESCRIBED"
    case .jurisdictionDeclined: "JURISDICTION_DECLINED"
    case .notCriminal: "NOT_CRIMINAL"
    case .duplicate: "DUPLICATE"
    case .enteredInError: "ENTERED_IN_ERROR"
    case .closedUnresolved: "ADMIN_CLOSED_UNRESOLVED"
    }
  }

  /// What it makes of the case in figures.
  enum Resolution: Hashable, Sendable {
    /// It is known how it ended.
    case resolved
    /// It is not. The case stays among the unresolved whatever is done with its file.
    case unresolved
    /// It was none of the register's cases.
    case notCounted
  }

  var resolution: Resolution {
    switch self {
    case .closedUnresolved: .unresolved
    case .notCriminal, .duplicate, .enteredInError: .notCounted
    default: .resolved
    }
  }

  /// What every closure takes.
  static let conditions: Set<LifecycleCondition> = [.outcome, .secondPerson, .nothingProposed]

  /// What this one takes besides.
  var conditions: Set<LifecycleCondition> {
    switch self {
    case .finalConviction: [.nothingDisputed, .tracksSettled, .finalConviction, .noFinalAcquittal]
    case .finalAcquittal: [.nothingDisputed, .tracksSettled, .finalAcquittal, .noFinalConviction]
    case .mixedFinal: [.nothingDisputed, .tracksSettled, .finalConviction, .finalAcquittal]
    case .dismissed: [.nothingDisputed, .tracksSettled, .dismissal, .noFinalConviction, .noFinalAcquittal]
    case .suspectsDeceased:
      [.nothingDisputed, .tracksSettled, .suspectsDeceased, .noFinalConviction, .noFinalAcquittal]
    case .amnestyOrPardon, .prescribed, .jurisdictionDeclined, .notCriminal: [.nothingDisputed, .sourceDocument]
    case .duplicate: [.sourceDocument]
    case .enteredInError: []
    case .closedUnresolved: [.nothingDisputed]
    }
  }
}
