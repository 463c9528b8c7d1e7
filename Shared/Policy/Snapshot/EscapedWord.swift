/// Any text as one word of a snapshot: what would end the word or begin a remark stands as `%` and two digits (RFC 3986,
/// section 2.1).
struct EscapedWord: Hashable, Sendable {
  let value: String

  init(_ value: String) { self.value = value }

  /// Nil for a word that is not of the form.
  init?(text: some StringProtocol) {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        guard Self.standsForItself(byte) else { return nil }
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(Self.digit), let low = rest.popFirst().flatMap(Self.digit) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    guard let value = String(validating: bytes, as: UTF8.self) else { return nil }
    self.value = value
  }

  var text: String {
    var bytes: [UInt8] = []
    for byte in value.utf8 {
      if Self.standsForItself(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func digit(_ byte: UInt8) -> UInt8? { digits.firstIndex(of: byte).map { UInt8($0) } }

  /// The visible characters of ASCII without `#` and `%`.
  private static func standsForItself(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "#") && byte != UInt8(ascii: "%")
  }
}
