/// The identifier of one span of a trace: 8 bytes, not all zero (W3C Trace Context, section 3.2.2.4).
package struct SpanID: Hashable, Sendable, CustomStringConvertible {
  private let value: UInt64

  package init(using generator: inout some RandomNumberGenerator) {
    value = generator.next() | 1  // never zero
  }

  /// Reads 16 lower case hexadecimal digits, not all zero.
  package init?(hexadecimal text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count == 16, let value = UInt64(hexadecimal: digits[...]), value != 0 else { return nil }
    self.value = value
  }

  package var description: String { value.hexadecimal }
}
