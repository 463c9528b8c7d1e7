internal import NIOSSL

/// The oldest protocol version an endpoint agrees to.
package enum TLSMinimumVersion: String, Sendable, Hashable, CaseIterable {
  /// For clients outside of our control that cannot do better.
  case v12 = "1.2"
  case v13 = "1.3"

  var nioVersion: TLSVersion {
    switch self {
    case .v12: .tlsv12
    case .v13: .tlsv13
    }
  }
}
