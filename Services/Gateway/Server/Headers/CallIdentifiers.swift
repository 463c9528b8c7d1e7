import Telemetry

/// Fresh identifiers of calls, written into the same memory again and again. Confined to an event loop.
struct CallIdentifiers {
  private var random = IdentifierSource()
  private var requestID = [UInt8](repeating: 0x30, count: 32)
  private var traceParent = Array("00-00000000000000000000000000000000-0000000000000000-01".utf8)

  /// 32 hexadecimal digits.
  mutating func newRequestID() -> [UInt8] {
    Self.write(random.next(), to: &requestID, at: 0)
    Self.write(random.next(), to: &requestID, at: 16)
    return requestID
  }

  /// The value of `traceparent` that begins a new, sampled trace. Source: W3C Trace Context, level 1, §3.2.
  mutating func newTraceParent() -> [UInt8] {
    // Neither identifier may be zero.
    Self.write(random.next(), to: &traceParent, at: 3)
    Self.write(random.next() | 1, to: &traceParent, at: 19)
    Self.write(random.next() | 1, to: &traceParent, at: 36)
    return traceParent
  }

  private static func write(_ value: UInt64, to bytes: inout [UInt8], at start: Int) {
    let high = digits(UInt32(truncatingIfNeeded: value >> 32))
    let low = digits(UInt32(truncatingIfNeeded: value))
    var memory = bytes.mutableSpan
    for position in 0..<8 {
      memory[start + position] = UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * position))
      memory[start + 8 + position] = UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * position))
    }
  }

  /// The eight hexadecimal digits of a number, the first in the highest byte, all worked out at once: a loop over the
  /// digits cost more than routing the call.
  static func digits(_ value: UInt32) -> UInt64 {
    var nibbles = UInt64(value)
    nibbles = (nibbles | nibbles << 16) & 0x0000_FFFF_0000_FFFF
    nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FF
    nibbles = (nibbles | nibbles << 4) & 0x0F0F_0F0F_0F0F_0F0F
    // One in every byte whose nibble is above nine, where the letters begin.
    let letters = ((nibbles &+ 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101
    return nibbles &+ 0x3030_3030_3030_3030 &+ letters &* UInt64(UInt8(ascii: "a") - UInt8(ascii: "0") - 10)
  }
}
