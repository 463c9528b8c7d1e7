/// A handling caveat on a case (5e): narrows what a reader's quality alone would give.
package enum Caveat: UInt8, PolicyCode {
  /// The next of kin of a victim are not yet confirmed to have been told.
  case nokEmbargo
  /// A witness or source could be found out.
  case witness
  /// Sexual or gender-based violence.
  case sgbv
  /// Holds medical data beyond the usual.
  case medical
  /// Detail would endanger operations.
  case opsec
  /// Originator control: what a party shared goes on only with its consent.
  case orcon
  /// A court has ordered secrecy.
  case judicialSecrecy
  /// Legal advice in confidence.
  case legalPrivilege
  /// A suspect could face the death penalty.
  case deathPenaltyRisk
  /// A person is held at this time.
  case hostageOngoing
  /// A victim, witness or suspect is a child.
  case minor
  /// A conflict of interest of the host State is being looked into.
  case conflictOfInterest

  package var code: String {
    switch self {
    case .nokEmbargo: "NOK_EMBARGO"
    case .witness: "WITNESS"
    case .sgbv: "SGBV"
    case .medical: "MEDICAL"
    case .opsec: "OPSEC"
    case .orcon: "ORCON"
    case .judicialSecrecy: "JUDICIAL_SECRECY"
    case .legalPrivilege: "LEGAL_PRIVILEGE"
    case .deathPenaltyRisk: "DEATH_PENALTY_RISK"
    case .hostageOngoing: "HOSTAGE_ONGOING"
    case .minor: "MINOR"
    case .conflictOfInterest: "COI"
    }
  }
}

package typealias CaveatSet = CodeSet<Caveat>
