/// What is done to a value before a reader sees it (5e), the least telling first.
package enum Transform: UInt8, PolicyCode {
  /// Not even its existence is told.
  case absent
  /// The value is left out and a typed redaction put in its place.
  case drop
  /// Only how many there are.
  case countOnly
  /// The form without the content; for the log: hashes and proofs.
  case mask
  /// A name made with the reader's key: stable for one reader, of no use between readers.
  case pseudonym
  /// A summary that a person wrote for release.
  case translatedSummary
  /// Coarser: month for a date, first-level area for a place, band for an age.
  case generalise
  /// In full after statistical disclosure control: small cells suppressed.
  case discloseSafely
  /// As it is.
  case clear

  package var code: String {
    switch self {
    case .absent: "ABSENT"
    case .drop: "DROP"
    case .countOnly: "COUNT_ONLY"
    case .mask: "MASK"
    case .pseudonym: "PSEUDONYM"
    case .translatedSummary: "TRANSLATED_SUMMARY"
    case .generalise: "GENERALISE"
    case .discloseSafely: "DISCLOSURE_CONTROL"
    case .clear: "CLEAR"
    }
  }
}

extension Transform: Comparable {
  package static func < (left: Transform, right: Transform) -> Bool { left.rawValue < right.rawValue }
}
