/// What names one call in logs and errors (there as `request_id`), from the first process that saw it to the
/// last: the header `x-request-id`.
package struct CallID: Hashable, Sendable, CustomStringConvertible {
  package static let header = "x-request-id"

  package let text: String

  /// A fresh one: 32 hexadecimal digits.
  package init() {
    text = IdentifierSource.make { source in source.next().hexadecimal + source.next().hexadecimal }
  }

  /// The one that a caller sent; nil when it is not 1 to 64 letters, digits, `-`, `_`, `.`: it goes
  /// into logs and errors, where a caller must not be able to write what it likes.
  package init?(received text: String) {
    guard (1...64).contains(text.utf8.count) else { return nil }
    let isSafe = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
      default: false
      }
    }
    guard isSafe else { return nil }
    self.text = text
  }

  package var description: String { text }
}
