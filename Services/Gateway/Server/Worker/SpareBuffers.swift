import NIOCore

/// Small buffers that calls are done with, kept for the next ones. Bounded in number and size.
struct SpareBuffers {
  private static let count = 256
  private static let size = 1024

  private var buffers: [ByteBuffer] = []

  /// An empty buffer, with memory if there is any to spare.
  mutating func take() -> ByteBuffer {
    buffers.popLast() ?? ByteBuffer()
  }

  mutating func give(_ buffer: consuming ByteBuffer) {
    guard buffers.count < Self.count, (1...Self.size).contains(buffer.capacity) else { return }
    buffer.clear()
    buffers.append(buffer)
  }
}
