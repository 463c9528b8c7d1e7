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

  /// Bytes of a writer, kept as they came: they are copied once, into the output.
  private enum Chunk {
    case buffer(ByteBuffer)
    case bytes(ArraySlice<UInt8>)
    /// The few bytes before a length-prefixed message.
    case prefix(MessagePrefix)

    var count: Int {
      switch self {
      case .buffer(let buffer): buffer.readableBytes
      case .bytes(let bytes): bytes.count
      case .prefix: MessagePrefix.length
      }
    }
  }

  /// No memory is taken before the first write, and most streams have few.
  private var chunks: [Chunk] = []
  private var nextChunk = 0
  private(set) var byteCount = 0
  /// Pieces that are kept apart.
  var pieceCount: Int { self.chunks.count - self.nextChunk }
  var end: End = .open

  var isEnded: Bool {
    if case .open = self.end { false } else { true }
  }

  mutating func append(_ buffer: ByteBuffer) {
    guard buffer.readableBytes > 0 else { return }
    self.byteCount += buffer.readableBytes
    guard self.nextChunk < self.chunks.count, Self.isCrumb(buffer) else { return self.chunks.append(.buffer(buffer)) }
    var last = self.takeLastCrumbs()
    last.writeImmutableBuffer(buffer)
    self.chunks.append(.buffer(last))
  }

  /// Whether a piece behind others is better copied to the last of them: kept as it came it would hold many times its
  /// length, its own account or the memory that it is a slice of, and a peer may send one byte at a time.
  private static func isCrumb(_ buffer: ByteBuffer) -> Bool {
    buffer.readableBytes <= 256 || buffer.readableBytes * 16 < buffer.storageCapacity
  }

  /// The last piece if more can be gathered in it, else an empty one. No second reference to its memory is left, so that
  /// it is not copied each time.
  private mutating func takeLastCrumbs() -> ByteBuffer {
    guard case .buffer(let last) = self.chunks[self.chunks.count - 1], last.readableBytes < 4096 else {
      return ByteBuffer()
    }
    self.chunks.removeLast()
    return last
  }

  mutating func append(_ prefix: MessagePrefix, _ message: [UInt8]) {
    self.byteCount += MessagePrefix.length + message.count
    self.chunks.append(.prefix(prefix))
    if !message.isEmpty { self.chunks.append(.bytes(message[...])) }
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
    while remaining > 0, self.nextChunk < self.chunks.count {
      let count = self.chunks[self.nextChunk].count
      if count <= remaining {
        Self.write(self.chunks[self.nextChunk], to: &output)
        self.nextChunk += 1
        remaining -= count
      } else {
        self.split(remaining, to: &output)
        remaining = 0
      }
    }
    self.byteCount -= length
    self.forgetSent()
  }

  private static func write(_ chunk: Chunk, to output: inout ByteBuffer) {
    switch chunk {
    case .buffer(let buffer): output.writeImmutableBuffer(buffer)
    case .bytes(let bytes): output.writeBytes(bytes)
    case .prefix(let prefix): output.writePrefix(prefix)
    }
  }

  /// Writes the first `length` bytes of the next chunk, which has more.
  private mutating func split(_ length: Int, to output: inout ByteBuffer) {
    switch self.chunks[self.nextChunk] {
    case .buffer(var buffer):
      if let part = buffer.readSlice(length: length) { output.writeImmutableBuffer(part) }
      self.chunks[self.nextChunk] = .buffer(buffer)
    case .bytes(let bytes):
      output.writeBytes(bytes.prefix(length))
      self.chunks[self.nextChunk] = .bytes(bytes.dropFirst(length))
    case .prefix(let prefix):
      var buffer = ByteBuffer()
      buffer.writePrefix(prefix)
      self.chunks[self.nextChunk] = .buffer(buffer)
      self.split(length, to: &output)
    }
  }

  /// Gives up the memory of what was sent, without moving the rest each time.
  private mutating func forgetSent() {
    if self.nextChunk == self.chunks.count {
      self.chunks.removeAll(keepingCapacity: true)
      self.nextChunk = 0
    } else if self.nextChunk >= 64 {
      self.chunks.removeFirst(self.nextChunk)
      self.nextChunk = 0
    }
  }

  mutating func removeAll() {
    self.chunks.removeAll()
    self.nextChunk = 0
    self.byteCount = 0
  }
}

extension ByteBuffer {
  fileprivate mutating func writePrefix(_ prefix: MessagePrefix) {
    self.writeMultipleIntegers(prefix.flag, prefix.messageLength)
  }
}
