internal import Crypto
internal import FoundationEssentials

/// A digest of what a list request asks for besides its page: two requests with the same digest list the same things.
package struct QueryDigest: Hashable, Sendable {
  static let count = 16
  package let bytes: [UInt8]

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The parts are the method and the fields that select and order, in a fixed order.
  package init(_ parts: String...) {
    var text: [UInt8] = []
    for part in parts {
      // Lengths keep ("a", "bc") and ("ab", "c") apart.
      text += "\(part.utf8.count):".utf8
      text += part.utf8
    }
    bytes = Array(SHA256.hash(data: text).prefix(Self.count))
  }
}
