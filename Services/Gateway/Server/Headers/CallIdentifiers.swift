import Telemetry

/// Fresh identifiers of calls, written into the same memory again and again. Confined to an event loop.
struct CallIdentifiers {
  private static let digits = Array("0123456789abcdef".utf8)

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
    var rest = value
    for position in stride(from: start + 15, through: start, by: -1) {
      bytes[position] = digits[Int(rest & 15)]
      rest >>= 4
    }
  }
}
