import NIOCore

/// Where in its messages a stream of content stands (gRPC over HTTP/2, "Length-Prefixed-Message"): the one thing that
/// tells a sender which is slow from one that has nothing to say.
struct MessageBoundary: Sendable, Equatable {
  /// Bytes to the end of the message.
  private var missing = 0
  /// Of the next message's prefix: how many bytes have come, and the length that they say so far.
  private var prefixBytes = 0
  private var length = 0

  /// Whether a message has begun and not ended.
  var isWithinMessage: Bool { missing > 0 || prefixBytes > 0 }

  mutating func advance(over bytes: ByteBuffer) {
    var index = bytes.readerIndex
    while index < bytes.writerIndex {
      if missing > 0 {
        let count = min(missing, bytes.writerIndex - index)
        missing -= count
        index += count
      } else if prefixBytes == 0, let length = bytes.getInteger(at: index + 1, as: UInt32.self) {
        missing = Int(length)
        index += 5
      } else {
        readPrefix(bytes.getInteger(at: index) ?? 0)
        index += 1
      }
    }
  }

  private mutating func readPrefix(_ byte: UInt8) {
    if prefixBytes > 0 { length = length << 8 | Int(byte) }
    prefixBytes += 1
    guard prefixBytes == 5 else { return }
    (missing, prefixBytes, length) = (length, 0, 0)
  }
}
