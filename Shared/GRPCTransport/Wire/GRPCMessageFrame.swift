package import HTTP2
package import NIOCore

/// A length-prefixed message: a flag, four bytes of length, and the message (gRPC over HTTP/2,
/// "Length-Prefixed-Message").
package enum GRPCMessageFrame {
  package static let prefixLength = MessagePrefix.length

  package static func prefix(of message: [UInt8], isCompressed: Bool = false) -> MessagePrefix {
    MessagePrefix(flag: isCompressed ? 1 : 0, messageLength: UInt32(message.count))
  }

  /// A message with its prefix.
  package static func encode(_ message: [UInt8], isCompressed: Bool = false) -> ByteBuffer {
    var buffer = ByteBufferAllocator().buffer(capacity: Self.prefixLength + message.count)
    buffer.writeInteger(UInt8(isCompressed ? 1 : 0))
    buffer.writeInteger(UInt32(message.count))
    buffer.writeBytes(message)
    return buffer
  }
}
