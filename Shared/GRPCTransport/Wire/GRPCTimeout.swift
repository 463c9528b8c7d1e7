/// The `grpc-timeout` header's value: at most eight digits and a unit (gRPC over HTTP/2,
/// "Requests").
package enum GRPCTimeout {
  private static let maxAmount: Int64 = 99_999_999

  /// Parses a header's value. `nil` if it is malformed.
  package static func parse(_ bytes: some BidirectionalCollection<UInt8>) -> Duration? {
    guard (2...9).contains(bytes.count), let unit = bytes.last else { return nil }
    var amount: Int64 = 0
    for byte in bytes.dropLast() {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      amount = amount * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    return Self.duration(amount, unit: unit)
  }

  package static func parse(_ text: String) -> Duration? {
    self.parse(text.utf8)
  }

  private static func duration(_ amount: Int64, unit: UInt8) -> Duration? {
    switch unit {
    case UInt8(ascii: "H"): .seconds(amount * 3_600)
    case UInt8(ascii: "M"): .seconds(amount * 60)
    case UInt8(ascii: "S"): .seconds(amount)
    case UInt8(ascii: "m"): .milliseconds(amount)
    case UInt8(ascii: "u"): .microseconds(amount)
    case UInt8(ascii: "n"): .nanoseconds(amount)
    default: nil
    }
  }

  /// The value for a header: the finest unit that fits in eight digits, rounded up, so that the
  /// peer never gives up earlier than asked. What is over is `0n`.
  package static func format(_ timeout: Duration) -> String {
    guard timeout > .zero else { return "0n" }
    let (seconds, attoseconds) = timeout.components
    if seconds < 90_000 {
      var amount = seconds * 1_000_000_000 + (attoseconds + 999_999_999) / 1_000_000_000
      for unit in ["n", "u", "m", "S"] {
        if amount <= Self.maxAmount { return "\(amount)\(unit)" }
        amount = (amount + 999) / 1_000
      }
    }
    if seconds <= Self.maxAmount { return "\(seconds + (attoseconds > 0 ? 1 : 0))S" }
    let hours = seconds / 3_600 + (seconds % 3_600 > 0 || attoseconds > 0 ? 1 : 0)
    return "\(min(hours, Self.maxAmount))H"
  }
}
