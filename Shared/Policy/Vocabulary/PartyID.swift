/// Whom a right or a relation belongs to: a State (ISO 3166-1 alpha-3, `KEN`), a mission (`minusma`), a regional
/// organization (`AU`), a unit or organ (`OIOS`, `UNSC`).
///
/// 1 to 16 ASCII letters, digits, `.`, `-` and `_`; case counts. Kept in two words, so that comparing costs nothing and
/// a decision allocates nothing.
package struct PartyID: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  /// Nil for a text that is not of the form.
  package init?(_ text: some StringProtocol) {
    var words: (UInt64, UInt64) = (0, 0)
    var count = 0
    for byte in text.utf8 {
      guard count < 16, Self.isAllowed(byte) else { return nil }
      if count < 8 { words.0 = words.0 << 8 | UInt64(byte) } else { words.1 = words.1 << 8 | UInt64(byte) }
      count += 1
    }
    guard count > 0 else { return nil }
    (high, low) = words
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }
}

extension PartyID: CustomStringConvertible {
  /// The text that it was made from.
  package var description: String {
    var bytes: [UInt8] = []
    for word in [high, low] {
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        let byte = UInt8(truncatingIfNeeded: word >> shift)
        if byte != 0 { bytes.append(byte) }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
