import NIOCore

/// The value of `grpc-timeout`: up to eight digits and a unit. Source: gRPC over HTTP/2, "Timeout".
enum GRPCTimeoutHeader {
  /// Nil when the bytes are not a valid value.
  static func parse(_ bytes: some Collection<UInt8>) -> TimeAmount? {
    guard (2...9).contains(bytes.count) else { return nil }
    var value: Int64 = 0
    var unit: UInt8 = 0
    for (position, byte) in bytes.enumerated() {
      if position == bytes.count - 1 {
        unit = byte
      } else {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - 0x30)
      }
    }
    return amount(value, unit: unit)
  }

  /// The shortest exact form that fits, in nanoseconds, microseconds, milliseconds or seconds, rounded up.
  static func format(_ time: TimeAmount) -> [UInt8] {
    var value = max(time.nanoseconds, 1)
    for (unit, next) in zip("num", [1_000, 1_000, 1_000] as [Int64]) {
      if value < 100_000_000 { return Array("\(value)\(unit)".utf8) }
      value = (value + next - 1) / next
    }
    return Array("\(min(value, 99_999_999))S".utf8)
  }

  private static func amount(_ value: Int64, unit: UInt8) -> TimeAmount? {
    switch unit {
    case UInt8(ascii: "H"): .hours(min(value, 2_000_000))
    case UInt8(ascii: "M"): .minutes(value)
    case UInt8(ascii: "S"): .seconds(value)
    case UInt8(ascii: "m"): .milliseconds(value)
    case UInt8(ascii: "u"): .microseconds(value)
    case UInt8(ascii: "n"): .nanoseconds(value)
    default: nil
    }
  }
}
