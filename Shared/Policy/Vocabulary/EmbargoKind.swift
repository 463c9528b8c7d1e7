/// Why something is held back for a time.
package enum EmbargoKind: UInt8, PolicyCode {
  /// Until the next of kin have been told. A hard gate on identity and counts.
  case nextOfKin
  /// Until a release date.
  case release

  package var code: String {
    switch self {
    case .nextOfKin: "NEXT_OF_KIN"
    case .release: "RELEASE"
    }
  }
}
