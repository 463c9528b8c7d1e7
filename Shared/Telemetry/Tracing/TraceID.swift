/// The identifier of a whole trace: 16 bytes, not all zero (W3C Trace Context, section 3.2.2.3).
package struct TraceID: Hashable, Sendable, CustomStringConvertible {
  private let high: UInt64
  private let low: UInt64

  /// A fresh identifier, or one from another source of randomness.
  package init(using generator: inout some RandomNumberGenerator) {
    high = generator.next()
    low = generator.next() | 1  // never all zero
  }

  /// Reads 32 lower case hexadecimal digits, not all zero.
  package init?(hexadecimal text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count == 32 else { return nil }
    guard let high = UInt64(hexadecimal: digits[..<16]), let low = UInt64(hexadecimal: digits[16...]) else {
      return nil
    }
    guard high != 0 || low != 0 else { return nil }
    self.high = high
    self.low = low
  }

  package var description: String { high.hexadecimal + low.hexadecimal }
}
