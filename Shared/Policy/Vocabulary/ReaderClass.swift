/// In what quality a subject reads (5d, the columns of the matrix).
package enum ReaderClass: UInt8, PolicyCode {
  /// Case officer at headquarters (OROLSI).
  case headquarters
  /// Office of Legal Affairs (OLA).
  case legal
  /// Department of Safety and Security.
  case safety
  /// Focal point of a mission, for the cases of that mission.
  case missionFocalPoint
  /// Senior focal point of the United Nations system (resolution 2823).
  case seniorFocalPoint
  /// Host State of the mission.
  case hostState
  /// State that contributed a victim of the case: troop or police contributor.
  case contributor
  /// State of nationality of a civilian victim.
  case nationalityState
  /// State in which a proceeding is recorded.
  case forumState
  /// Regional or sub-regional organization.
  case regionalOrganization
  /// Reader of a briefing to the Security Council.
  case councilReader
  /// Auditor (OIOS, Board of Auditors).
  case auditor
  /// Operator of the system.
  case systemOperator

  package var code: String {
    switch self {
    case .headquarters: "HQ"
    case .legal: "LEG"
    case .safety: "DSS"
    case .missionFocalPoint: "MFP"
    case .seniorFocalPoint: "SFP"
    case .hostState: "HST"
    case .contributor: "TPC"
    case .nationalityState: "NAT"
    case .forumState: "TRD"
    case .regionalOrganization: "REG"
    case .councilReader: "SCM"
    case .auditor: "AUD"
    case .systemOperator: "ADM"
    }
  }
}

package typealias ReaderSet = CodeSet<ReaderClass>
