/// The value of `traceparent`. Source: W3C Trace Context, level 1, §3.2.
enum TraceParent {
  /// Whether a caller's value can be passed on: version 00 in its exact form, and neither identifier zero.
  static func isValid(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
    guard bytes.count == 55, bytes.starts(with: [0x30, 0x30, 0x2D]) else { return false }
    var traceBits: UInt8 = 0
    var spanBits: UInt8 = 0
    for (position, byte) in bytes.enumerated() {
      switch position {
      case 2, 35, 52:
        guard byte == UInt8(ascii: "-") else { return false }
      default:
        guard let digit = hexValue(byte) else { return false }
        if (3..<35).contains(position) { traceBits |= digit }
        if (36..<52).contains(position) { spanBits |= digit }
      }
    }
    return traceBits != 0 && spanBits != 0
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
