/// Sensitivity of a record (ST/SGB/2007/6; 5e), the least first.
package enum Classification: UInt8, PolicyCode {
  /// Open to all who take part in the register.
  case unclassified
  /// Disclosure could reasonably be expected to damage the work of the United Nations.
  case confidential
  /// Disclosure could reasonably be expected to cause exceptionally grave damage.
  case strictlyConfidential

  package var code: String {
    switch self {
    case .unclassified: "UNCLASSIFIED"
    case .confidential: "CONFIDENTIAL"
    case .strictlyConfidential: "STRICTLY_CONFIDENTIAL"
    }
  }
}

extension Classification: Comparable {
  package static func < (left: Classification, right: Classification) -> Bool { left.rawValue < right.rawValue }
}
