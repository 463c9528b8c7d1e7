import GRPCTransport
import NIOCore

extension FuzzTarget {
  /// Takes messages out of a stream and decompresses them. The first byte: how the input is cut; the second: the encoding.
  static let messageFrames = FuzzTarget(name: "grpc-frames") { bytes throws(FuzzFinding) in
    var input = FuzzInput(bytes)
    let seed = input.byte()
    let encoding = input.choice(of: MessageEncoding.allCases)
    let whole = Deframed([input.rest])
    try hold(Deframed(input.pieces(seed: seed)) == whole, "what is read depends on how it arrives")
    var again: [UInt8] = []
    for message in whole.messages {
      try hold(message.framedLength == message.bytes.count + 5, "a message of another length than it took")
      try hold(message.bytes.count <= Deframed.limit, "a message beyond the limit")
      again += Array(buffer: GRPCMessageFrame.encode(message.bytes, isCompressed: message.isCompressed))
      try decompress(message.bytes, encoding)
    }
    try hold(input.rest.starts(with: again), "the messages are not what was sent")
  }

  private static func decompress(_ message: [UInt8], _ encoding: MessageEncoding) throws(FuzzFinding) {
    let limit = 16 * 1024
    if let plain = try? encoding.decompress(message, limit: limit) {
      try hold(encoding == .identity || plain.count <= limit, "\(plain.count) bytes decompressed, \(limit) allowed")
    }
    do {
      let there = try encoding.compress(message)
      let back = try encoding.decompress(there, limit: message.count)
      try hold(back == message, "a message is another one after compression")
    } catch {
      throw FuzzFinding("a message cannot be compressed and decompressed: \(error)")
    }
  }
}

/// What a stream's DATA comes to.
private struct Deframed: Equatable {
  static let limit = 8192

  var messages: [MessageDeframer.Message] = []
  var failure: MessageDeframer.Failure?
  var isPartial = false

  init(_ pieces: [ArraySlice<UInt8>]) {
    var deframer = MessageDeframer(maxMessageSize: Self.limit)
    do throws(MessageDeframer.Failure) {
      for piece in pieces {
        deframer.append(ByteBuffer(bytes: piece))
        while let message = try deframer.next() { messages.append(message) }
      }
      isPartial = deframer.isPartial
    } catch {
      failure = error
    }
  }
}
