/// A class of data with one rule for each reader (5d, the rows of the matrix).
package enum DataClass: UInt8, PolicyCode {
  /// Mission, date, act, first-level place, stage.
  case core
  /// Exact place and time, operational detail.
  case exact
  /// Nationality, category and sex of a victim.
  case victimAttributes
  /// Identity, rank and unit of a victim.
  case victimIdentity
  /// Next of kin, medical and autopsy data.
  case kinMedical
  /// Identity of a suspect or accused person.
  case suspectIdentity
  /// Witnesses, sources, survivors of sexual and gender-based violence.
  case witness
  /// What evidence there is, who holds it.
  case evidenceRegister
  /// The evidence itself.
  case evidenceContent
  /// Boards of inquiry, mission analysis, privileged advice.
  case privileged
  /// Notes verbales, letters, meetings, and the duties that follow from them.
  case communications
  /// What the host State says of its own progress.
  case hostProgress
  /// What contributing States have shared (resolution 2589, paragraph 6).
  case submissions
  /// The register of assistance to host States.
  case assistance
  /// Counts and other figures over many records.
  case aggregates
  /// The log of who did and saw what.
  case audit

  package var code: String {
    switch self {
    case .core: "CORE"
    case .exact: "EXACT"
    case .victimAttributes: "VICTIM_ATTRIBUTES"
    case .victimIdentity: "VICTIM_IDENTITY"
    case .kinMedical: "KIN_MEDICAL"
    case .suspectIdentity: "SUSPECT_IDENTITY"
    case .witness: "WITNESS"
    case .evidenceRegister: "EVIDENCE_REGISTER"
    case .evidenceContent: "EVIDENCE_CONTENT"
    case .privileged: "PRIVILEGED"
    case .communications: "COMMUNICATIONS"
    case .hostProgress: "HOST_PROGRESS"
    case .submissions: "SUBMISSIONS"
    case .assistance: "ASSISTANCE"
    case .aggregates: "AGGREGATES"
    case .audit: "AUDIT"
    }
  }
}

package typealias DataClassSet = CodeSet<DataClass>
