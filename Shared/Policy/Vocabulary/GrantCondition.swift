/// What must hold while a grant is used (5e: conditions).
package enum GrantCondition: UInt8, PolicyCode {
  /// The receiving State has assured that the death penalty will not be sought or carried out.
  case noDeathPenalty
  /// The receiving State has assured a fair trial.
  case fairTrial
  /// The Secretary-General has waived the immunity that stood in the way.
  case immunityWaived
  /// The human rights due diligence policy has been applied.
  case dueDiligence
  /// The person concerned has consented.
  case victimConsent

  package var code: String {
    switch self {
    case .noDeathPenalty: "NO_DEATH_PENALTY"
    case .fairTrial: "FAIR_TRIAL"
    case .immunityWaived: "IMMUNITY_WAIVED"
    case .dueDiligence: "DUE_DILIGENCE"
    case .victimConsent: "VICTIM_CONSENT"
    }
  }
}

package typealias GrantConditionSet = CodeSet<GrantCondition>
