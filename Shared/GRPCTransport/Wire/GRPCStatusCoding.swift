/// The percent coding of `grpc-message` (gRPC over HTTP/2, "Responses"): bytes outside of the
/// printable ASCII range, and `%`, are written as `%XX`; a space at either end too, because no field's
/// value may begin or end with one (RFC 9113 section 8.2.1).
package enum GRPCStatusCoding {
  private static let digits = Array("0123456789ABCDEF".utf8)

  package static func encode(_ message: String) -> [UInt8] {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(message.utf8.count)
    let last = message.utf8.count - 1
    for (index, byte) in message.utf8.enumerated() {
      let lowest: UInt8 = index == 0 || index == last ? 0x21 : 0x20
      if (lowest...0x7e).contains(byte), byte != UInt8(ascii: "%") {
        encoded.append(byte)
      } else {
        encoded.append(UInt8(ascii: "%"))
        encoded.append(Self.digits[Int(byte >> 4)])
        encoded.append(Self.digits[Int(byte & 0xf)])
      }
    }
    return encoded
  }

  /// Decodes a header's value. What is not a valid escape is kept as it is: a receiver must not lose
  /// a message to a sender's mistake.
  package static func decode(_ bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = Self.digit(bytes[index + 1]), let low = Self.digit(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
