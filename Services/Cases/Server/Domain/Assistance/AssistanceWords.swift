/// Of what type assistance is: the list of resolution 2589 (2021), paragraph 3.
enum AssistanceType: Int16, Vocabulary {
  case lawEnforcement = 1
  case prosecution, judiciary, corrections, evidence, victimWitnessProtection, forensics, courtDetentionSecurity, other

  static let prefix = "ASSISTANCE_TYPE_"

  var name: String {
    switch self {
    case .lawEnforcement: "LAW_ENFORCEMENT"
    case .prosecution: "PROSECUTION"
    case .judiciary: "JUDICIARY"
    case .corrections: "CORRECTIONS"
    case .evidence: "EVIDENCE"
    case .victimWitnessProtection: "VICTIM_WITNESS_PROTECTION"
    case .forensics: "FORENSICS"
    case .courtDetentionSecurity: "COURT_DETENTION_SECURITY"
    case .other: "OTHER"
    }
  }
}

/// In what form it is given.
enum AssistanceModality: Int16, Vocabulary {
  case technical = 1
  case logistical, personnel, equipment, financial, training

  static let prefix = "ASSISTANCE_MODALITY_"

  var name: String {
    switch self {
    case .technical: "TECHNICAL"
    case .logistical: "LOGISTICAL"
    case .personnel: "PERSONNEL"
    case .equipment: "EQUIPMENT"
    case .financial: "FINANCIAL"
    case .training: "TRAINING"
    }
  }
}

/// Where the assessment under the human rights due diligence policy stands.
enum HumanRightsAssessment: Int16, Vocabulary {
  case notRequired = 1
  case pending, cleared, clearedWithMitigation, withheld

  static let prefix = "HUMAN_RIGHTS_ASSESSMENT_"

  var name: String {
    switch self {
    case .notRequired: "NOT_REQUIRED"
    case .pending: "PENDING"
    case .cleared: "CLEARED"
    case .clearedWithMitigation: "CLEARED_WITH_MITIGATION"
    case .withheld: "WITHHELD"
    }
  }

  /// Whether assistance may be given.
  var allows: Bool {
    switch self {
    case .notRequired, .cleared, .clearedWithMitigation: true
    case .pending, .withheld: false
    }
  }
}
