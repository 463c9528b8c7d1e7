package import NIOCore

/// Takes messages out of the DATA of one stream, as they become whole.
///
/// Memory grows with what has arrived, never with what a prefix announces.
package struct MessageDeframer: Sendable {
  /// A whole message.
  package struct Message: Hashable, Sendable {
    package var bytes: [UInt8]
    package var isCompressed: Bool
    /// The flow-controlled bytes that it took, with its prefix.
    package var framedLength: Int

    package init(bytes: [UInt8], isCompressed: Bool, framedLength: Int) {
      self.bytes = bytes
      self.isCompressed = isCompressed
      self.framedLength = framedLength
    }
  }

  package enum Failure: Error, Hashable, Sendable {
    /// The prefix announces more than the limit.
    case tooLarge(length: Int, limit: Int)
    /// The flag is neither 0 nor 1.
    case badFlag(UInt8)
  }

  private let maxMessageSize: Int
  private var pending = ByteBuffer()

  /// - Parameter maxMessageSize: In bytes as sent, without the prefix.
  package init(maxMessageSize: Int) {
    self.maxMessageSize = maxMessageSize
  }

  /// Whether a message has begun and is not whole: an end of the stream now is an error.
  package var isPartial: Bool { self.pending.readableBytes > 0 }

  package mutating func append(_ buffer: ByteBuffer) {
    if self.pending.readableBytes == 0 {
      self.pending = buffer
    } else {
      self.pending.discardReadBytes()
      self.pending.writeImmutableBuffer(buffer)
    }
  }

  /// The next whole message, or `nil` until more has been appended.
  package mutating func next() throws(Failure) -> Message? {
    guard
      let flag = self.pending.getInteger(at: self.pending.readerIndex, as: UInt8.self),
      let length = self.pending.getInteger(at: self.pending.readerIndex + 1, as: UInt32.self).map(Int.init)
    else { return nil }
    guard flag <= 1 else { throw .badFlag(flag) }
    guard length <= self.maxMessageSize else { throw .tooLarge(length: length, limit: self.maxMessageSize) }
    let framedLength = GRPCMessageFrame.prefixLength + length
    guard self.pending.readableBytes >= framedLength else { return nil }
    self.pending.moveReaderIndex(forwardBy: GRPCMessageFrame.prefixLength)
    guard let bytes = self.pending.readBytes(length: length) else { return nil }
    // Lets go of the buffer that this was a slice of.
    if self.pending.readableBytes == 0 { self.pending = ByteBuffer() }
    return Message(bytes: bytes, isCompressed: flag == 1, framedLength: framedLength)
  }
}
