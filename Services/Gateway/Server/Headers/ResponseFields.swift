import HTTP2

/// What a client gets of the fields that an instance sent.
enum ResponseFields {
  /// Of a head or of trailers; the block as it is when, as nearly always, nothing in it must go.
  static func forwarded(_ block: HeaderBlock) -> HeaderBlock {
    guard block.indices.contains(where: { !FieldRule.forwards(response: block, at: $0) }) else { return block }
    var kept = HeaderBlock(reservingFields: block.count, bytes: block.listSize)
    for index in block.indices where FieldRule.forwards(response: block, at: index) {
      kept.append(fieldAt: index, of: block)
    }
    return kept
  }

  /// The value of `grpc-status`.
  static func status(_ block: HeaderBlock) -> Int? {
    guard let digits = block.bytes(of: "grpc-status"), (1...3).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }
}
