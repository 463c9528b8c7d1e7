/// What a subject wants the data for (5e, grants).
package enum Purpose: UInt8, PolicyCode {
  /// Investigating the crime.
  case investigation
  /// Prosecuting it.
  case prosecution
  /// Supporting victims and their families.
  case victimSupport
  /// Bringing a person home.
  case repatriation
  /// Reporting by a mission (resolution 2589, paragraph 4).
  case missionReport
  /// Briefing the Security Council.
  case councilBrief
  /// Audit or oversight.
  case audit
  /// Research.
  case research

  package var code: String {
    switch self {
    case .investigation: "INVESTIGATION"
    case .prosecution: "PROSECUTION"
    case .victimSupport: "VICTIM_SUPPORT"
    case .repatriation: "REPATRIATION"
    case .missionReport: "MISSION_REPORT"
    case .councilBrief: "COUNCIL_BRIEF"
    case .audit: "AUDIT"
    case .research: "RESEARCH"
    }
  }
}
