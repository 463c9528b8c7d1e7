import NIOCore

/// What is waiting to be sent as DATA on one stream, and how it ends.
struct OutboundQueue {
  enum End {
    /// More may be written.
    case open
    /// The last DATA frame ends the stream.
    case endStream
    /// These follow the last DATA frame and end the stream.
    case trailers(HeaderBlock)
  }

  /// The bytes of one DATA frame as promised to the engine.
  struct Frame: Equatable {
    var length: Int
    /// No DATA frame follows this one.
    var isLast: Bool
  }

  private var buffers = CircularBuffer<ByteBuffer>(initialCapacity: 2)
  private(set) var byteCount = 0
  var end: End = .open

  var isEnded: Bool {
    if case .open = self.end { false } else { true }
  }

  mutating func append(_ buffer: ByteBuffer) {
    guard buffer.readableBytes > 0 else { return }
    self.byteCount += buffer.readableBytes
    self.buffers.append(buffer)
  }

  /// The next frame of at most `limit` bytes; `nil` when there is nothing to send now.
  func nextFrame(limit: Int) -> Frame? {
    guard self.byteCount > 0 || self.isEnded else { return nil }
    let length = min(limit, self.byteCount)
    return Frame(length: length, isLast: self.isEnded && length == self.byteCount)
  }

  /// Moves the next `length` bytes to the end of `output`.
  mutating func move(_ length: Int, to output: inout ByteBuffer) {
    var remaining = length
    while remaining > 0, let readable = self.buffers.first?.readableBytes {
      if readable <= remaining {
        output.writeImmutableBuffer(self.buffers.removeFirst())
        remaining -= readable
      } else {
        let part = self.buffers[self.buffers.startIndex].readSlice(length: remaining)
        if let part { output.writeImmutableBuffer(part) }
        remaining = 0
      }
    }
    self.byteCount -= length
  }

  mutating func removeAll() {
    self.buffers.removeAll()
    self.byteCount = 0
  }
}
