/// What a subject wants to do with a resource. Reading, listing, counting, searching, sorting, exporting, streaming and
/// reading the history are one action, so that they cannot differ (5e, parity).
package enum Action: UInt8, PolicyCode {
  /// See, in whatever way.
  case read
  /// Create or change, with effect.
  case write
  /// Propose a change, which takes effect when a mission or headquarters validates it.
  case propose
  /// Add records of one's own.
  case contribute
  /// Pass on to a third party.
  case share

  package var code: String {
    switch self {
    case .read: "READ"
    case .write: "WRITE"
    case .propose: "PROPOSE"
    case .contribute: "CONTRIBUTE"
    case .share: "SHARE"
    }
  }
}
