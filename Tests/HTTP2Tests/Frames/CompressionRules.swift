@testable import HTTP2

/// RFC 9113 section 4.3 and RFC 7541: a block that does not decode ends the connection.
enum CompressionRules {
  private static func broken(_ name: String, _ block: [UInt8]) -> FrameRule {
    FrameRule(name, .headers(1, block), is: .connectionError(.compressionError))
  }

  private static let fields = RawFrame.block(RawFrame.requestFields)

  static let all = [
    broken("7541 6.1 index 0", [0x80]),
    broken("7541 2.3.3 an index beyond both tables", [0x80 | 62]),
    broken("7541 6.2.1 a name's index beyond both tables", [0x40 | 62, 1, 0x61]),
    broken("7541 5.1 an integer without end", [0xff] + [UInt8](repeating: 0xff, count: 9) + [0x7f]),
    broken("7541 5.1 an integer cut short", [0xff, 0x80]),
    broken("7541 5.2 a string longer than the block", [0x00, 0x05, 0x61]),
    broken("7541 6.2.2 a field without its value", [0x00, 0x01, 0x61]),
    broken("7541 5.2 padding of more than 7 bits", [0x00, 0x82, 0x1f, 0xff, 0x01, 0x61]),
    broken("7541 5.2 padding that is not of ones", [0x00, 0x81, 0x18, 0x01, 0x61]),
    broken("7541 5.2 EOS within a string", [0x00, 0x84, 0xff, 0xff, 0xff, 0xff, 0x01, 0x61]),
    broken("7541 6.3 a table larger than allowed", [0x3f, 0xe2, 0x1f] + fields),
    broken("7541 4.2 a new table size after a field", fields + [0x20]),
    FrameRule(
      "7541 4.2 a new table size before the fields", .headers(1, [0x20] + fields),
      is: ConnectionRules.whole(1)),
    FrameRule(
      "4.3 fields of a malformed request stay in the table",
      after: [.headers(1, [0x40, 1, 0x61, 1, 0x62] + RawFrame.block([("Upper", "x")]))],
      .headers(3, fields + [0x80 | 62]), is: ConnectionRules.whole(3)),
  ]
}
