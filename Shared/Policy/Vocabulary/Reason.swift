/// Why a value is not shown as it is: the code of a typed redaction (5e).
package enum Reason: UInt8, PolicyCode {
  /// It is shown as it is.
  case none
  /// The reader's quality gives no right to it (default deny).
  case notEntitled
  /// The reader's quality gives a summary, aggregate or proof, not the value.
  case summaryOnly
  /// The reader has a right to it in records of its own party only.
  case ownRecordsOnly
  /// Whoever shared it has not consented to its being passed on.
  case originatorControl
  /// A grant could give it; there is none that holds for this purpose and time.
  case grantRequired
  /// The reader is not cleared for its classification.
  case clearance
  /// A handling caveat stands in the way. Which one is told in the explanation only: it would tell of what it protects.
  case caveat
  /// It is held back for a time.
  case embargo
  /// The reader's party is in a conflict of interest.
  case conflictOfInterest
  /// The mission's records are locked.
  case lockdown
  /// The reader has nothing to do with the case; for a reader the same as its not being there.
  case noRelation

  package var code: String {
    switch self {
    case .none: "NONE"
    case .notEntitled: "NOT_ENTITLED"
    case .summaryOnly: "SUMMARY_ONLY"
    case .ownRecordsOnly: "OWN_RECORDS_ONLY"
    case .originatorControl: "ORIGINATOR_CONTROL"
    case .grantRequired: "GRANT_REQUIRED"
    case .clearance: "CLEARANCE"
    case .caveat: "CAVEAT"
    case .embargo: "EMBARGO"
    case .conflictOfInterest: "CONFLICT_OF_INTEREST"
    case .lockdown: "LOCKDOWN"
    case .noRelation: "NO_RELATION"
    }
  }
}

extension Reason {
  /// What a reader outside of the Secretariat is told: that its party is suspected of a conflict of interest, or that
  /// a breach is, is not among it.
  package var disclosed: Reason {
    switch self {
    case .conflictOfInterest, .lockdown: .notEntitled
    default: self
    }
  }
}
