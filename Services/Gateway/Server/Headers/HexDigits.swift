import Telemetry

/// The digits of a 128-bit number in lower-case hexadecimal, as a collection that needs no memory of its own.
struct HexDigits: RandomAccessCollection, Sendable {
  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  init(from source: inout IdentifierSource) {
    self.init(high: source.next(), low: source.next())
  }

  var startIndex: Int { 0 }
  var endIndex: Int { 32 }

  subscript(position: Int) -> UInt8 {
    let word = position < 16 ? high : low
    let nibble = UInt8(truncatingIfNeeded: word >> UInt64((15 - position & 15) * 4)) & 15
    return nibble < 10 ? 0x30 + nibble : 0x57 + nibble
  }
}
