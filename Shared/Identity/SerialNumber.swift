/// The serial number of a certificate: 1 to 40 hexadecimal digits in lower case, without leading zeros (RFC 5280: at most
/// 20 octets, positive).
package struct SerialNumber: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Nil for a text that is not of digits, in either case, or longer. Leading zeros, as the octets of a certificate have
  /// them, are left out.
  package init?(_ text: some StringProtocol) {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "0") }
    guard (1...40).contains(digits.count), text.utf8.allSatisfy(Self.isDigit) else { return nil }
    // The bit that tells the letters' case is set in every digit.
    description = String(decoding: digits.map { $0 | 0x20 }, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
    default: false
    }
  }
}
