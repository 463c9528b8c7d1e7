import AIP

/// What a safeguard is about.
enum SafeguardKind: Int16, Vocabulary {
  case immunityWaiver = 1
  case riskAssessment, deathPenaltyAssurance

  static let prefix = "KIND_"

  var name: String {
    switch self {
    case .immunityWaiver: "IMMUNITY_WAIVER"
    case .riskAssessment: "RISK_ASSESSMENT"
    case .deathPenaltyAssurance: "DEATH_PENALTY_ASSURANCE"
    }
  }

  /// What it shows once it is settled.
  var condition: ExchangeCondition {
    switch self {
    case .immunityWaiver: .immunitySettled
    case .riskAssessment: .riskAssessed
    case .deathPenaltyAssurance: .deathPenaltyExcluded
    }
  }
}

/// How it stands with a safeguard.
enum SafeguardOutcome: Int16, Vocabulary {
  case satisfied = 1
  case notNeeded, pending

  static let prefix = "OUTCOME_"

  var name: String {
    switch self {
    case .satisfied: "SATISFIED"
    case .notNeeded: "NOT_NEEDED"
    case .pending: "PENDING"
    }
  }
}

/// What is on record of a safeguard.
struct Safeguard: Hashable, Sendable {
  var kind: SafeguardKind
  var outcome: SafeguardOutcome
  var recorder: RecordID
}

/// What there is to show for the next step of a request for data.
struct SharingGrounds: Hashable, Sendable {
  /// Who takes the step, and who asked.
  var person: RecordID
  var asker: RecordID
  /// Whether the person acts for the State that asked, or for the Office of Legal Affairs.
  var isOriginator = false
  var isLegalOfficer = false
  /// The earliest first; the last of a kind stands.
  var safeguards: [Safeguard] = []
  var hasAnswer = false
  var hasExpiry = false

  var shown: Set<ExchangeCondition> {
    var shown: Set<ExchangeCondition> = []
    if isOriginator { shown.insert(.originator) }
    if isLegalOfficer { shown.insert(.legalOfficer) }
    if hasAnswer { shown.insert(.answer) }
    if hasExpiry { shown.insert(.expiry) }
    let reviewers = safeguards.filter { $0.kind == .immunityWaiver }.map(\.recorder)
    if person != asker, !reviewers.contains(person) { shown.insert(.secondPerson) }
    for kind in SafeguardKind.allCases {
      guard let last = safeguards.last(where: { $0.kind == kind }) else { continue }
      if last.outcome != .pending {
        shown.insert(kind.condition)
      } else if kind == .immunityWaiver {
        shown.insert(.waiverNeeded)
      }
    }
    return shown
  }
}
