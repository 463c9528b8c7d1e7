/// What may be passed on as `x-request-id`: it ends up in logs, so only short words of plain characters. The rule is
/// that of `Telemetry.RequestID`, applied to bytes.
enum RequestIDRule {
  static func accepts(_ bytes: some Collection<UInt8>) -> Bool {
    (1...64).contains(bytes.count) && bytes.allSatisfy(isPlain)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }
}
