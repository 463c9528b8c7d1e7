/// A record's identifier: a UUID in its canonical form, lower case (RFC 9562).
package struct RecordID: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The version field, 0 to 15.
  package var version: Int { Int(truncatingIfNeeded: high >> 12) & 0xF }

  /// Whether the variant field is that of RFC 9562.
  package var isStandardVariant: Bool { low >> 62 == 0b10 }
}

extension RecordID: Comparable {
  package static func < (left: RecordID, right: RecordID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension RecordID {
  /// Reads the canonical form: 32 lower-case hexadecimal digits in groups of 8-4-4-4-12. Nil for anything else.
  package init?(_ text: some StringProtocol) {
    var high: UInt64 = 0
    var low: UInt64 = 0
    var position = 0
    for byte in text.utf8 {
      if position == 8 || position == 13 || position == 18 || position == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard let digit = Self.value(of: byte) else { return nil }
        if position < 18 { high = high << 4 | digit } else { low = low << 4 | digit }
      }
      position += 1
      guard position <= 36 else { return nil }
    }
    guard position == 36 else { return nil }
    self.init(high: high, low: low)
  }

  private static func value(of byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
    default: nil
    }
  }

  /// Appends the canonical form to UTF-8 text.
  package func append(to text: inout [UInt8]) {
    for index in 0..<16 {
      if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
      let half = index < 8 ? high : low
      let byte = UInt8(truncatingIfNeeded: half >> UInt64(8 * (7 - index % 8)))
      text.append(Self.digit(byte >> 4))
      text.append(Self.digit(byte & 0xF))
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

extension RecordID: CustomStringConvertible {
  package var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(36)
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}
