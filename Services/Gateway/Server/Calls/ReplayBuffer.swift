import NIOCore

/// The part of a request that has been sent to an instance, kept so that it can be sent to another.
///
/// Bounded: once more than the limit has been sent, all of it is let go and the call can no longer be retried. Bytes
/// are copied: what was received is a slice of a large buffer that would be held for as long as the call takes.
struct ReplayBuffer: Sendable {
  let limit: Int
  private(set) var bytes = ByteBuffer()
  /// Whether all that was sent is still here.
  private(set) var isComplete = true

  /// - Parameter memory: an empty buffer to keep the bytes in.
  init(limit: Int, memory: ByteBuffer = ByteBuffer()) {
    self.limit = limit
    self.bytes = memory
  }

  mutating func append(_ chunk: ByteBuffer) {
    guard isComplete else { return }
    if bytes.readableBytes + chunk.readableBytes > limit {
      drop()
    } else {
      bytes.writeImmutableBuffer(chunk)
    }
  }

  /// Lets everything go; called when the response begins, from when on there is no retry.
  /// - Returns: the memory, for another call.
  @discardableResult
  mutating func drop() -> ByteBuffer {
    isComplete = false
    var memory = ByteBuffer()
    swap(&memory, &bytes)
    return memory
  }
}
