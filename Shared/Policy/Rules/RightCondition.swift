/// What a right of the matrix depends on (5d: "after NOK", "COI", "OLA", "by originator", "SDC").
package enum RightCondition: UInt8, PolicyCode {
  /// Only in records whose next of kin have been told.
  case kinTold
  /// Not for a party in a conflict of interest, whoever has cleared what.
  case noConflict
  /// Only by a grant that the Office of Legal Affairs has cleared.
  case clearedByLegal
  /// Only in records whose originator consents, and one's own.
  case originatorConsents
  /// Only after statistical disclosure control.
  case disclosureControl

  package var code: String {
    switch self {
    case .kinTold: "NOK"
    case .noConflict: "COI"
    case .clearedByLegal: "OLA"
    case .originatorConsents: "ORIGINATOR"
    case .disclosureControl: "SDC"
    }
  }
}
