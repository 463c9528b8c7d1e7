import GRPCCore
import GRPCTransport
import HTTP2

extension FuzzTarget {
  /// Reads what gRPC puts into headers: timeouts, percent-encoded messages, Base64, statuses, metadata.
  static let callHeaders = FuzzTarget(name: "grpc-headers") { bytes throws(FuzzFinding) in
    var input = FuzzInput(bytes)
    let kind = input.byte()
    switch kind % 4 {
    case 0: try timeout(input.bytes)
    case 1: try percentCoding(input.bytes)
    case 2: try base64(input.bytes)
    default: try headerBlock(input.bytes)
    }
  }

  private static func timeout(_ value: [UInt8]) throws(FuzzFinding) {
    guard let timeout = GRPCTimeout.parse(value) else { return }
    try hold(timeout >= .zero, "a negative timeout")
    let again = GRPCTimeout.parse(GRPCTimeout.format(timeout))
    try hold(again.map { $0 >= timeout } ?? false, "a timeout gets shorter on its way: \(timeout)")
    // Rounded up by less than a ten-thousandth, where the unit is the second or finer.
    let slack = Duration.seconds(timeout.components.seconds / 10_000 + 3_600)
    try hold(again.map { $0 <= timeout + slack } ?? false, "a timeout gets much longer on its way: \(timeout)")
  }

  private static func percentCoding(_ value: [UInt8]) throws(FuzzFinding) {
    let text = GRPCStatusCoding.decode(value)
    let encoded = GRPCStatusCoding.encode(text)
    try hold(encoded.allSatisfy { (0x20...0x7e).contains($0) }, "an encoded message has bytes that no header may have")
    try hold(GRPCStatusCoding.decode(encoded) == text, "a message is another one after coding")
  }

  private static func base64(_ value: [UInt8]) throws(FuzzFinding) {
    try hold(Base64.decode(Base64.encode(value)) == value, "bytes are others after Base64")
    guard let decoded = Base64.decode(value) else { return }
    try hold(decoded.count <= value.count, "Base64 makes more of less")
  }

  /// Lines of `name:value` are the fields of a header section.
  private static func headerBlock(_ lines: [UInt8]) throws(FuzzFinding) {
    var block = HeaderBlock()
    for line in lines.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
      block.append(nameBytes: Array(parts[0]), valueBytes: parts.count == 2 ? Array(parts[1]) : [])
    }
    _ = block.grpcStatus
    guard let metadata = try? Metadata(block) else { return }
    var sent = HeaderBlock()
    sent.append(metadata)
    for index in sent.indices {
      try hold(
        sent.valueBytes(at: index).allSatisfy { (0x20...0x7e).contains($0) }, "metadata with bytes that no header has")
    }
    // What can be carried arrives as it was.
    do {
      let received = try Metadata(sent)
      var again = HeaderBlock()
      again.append(received)
      let changed = try Metadata(again).map { "\($0.key)=\($0.value)" } != received.map { "\($0.key)=\($0.value)" }
      try hold(!changed, "metadata changes on its way")
    } catch let error as RPCError {
      throw FuzzFinding("metadata that was sent is refused: \(error)")
    } catch {
      throw FuzzFinding("\(error)")
    }
  }
}
