internal import CZlib

/// Owns one zlib stream at a fixed address: zlib keeps a pointer back to it and checks it.
///
/// Sendable because "zlib is thread-safe ... as long as a single stream is used by one thread at a
/// time" (zlib FAQ 21), and a noncopyable value has one owner, whose `mutating` calls exclude each
/// other.
@safe struct ZlibStream: ~Copyable, Sendable {
  enum Direction { case deflate, inflate }

  /// The result of one step; the codes of zlib that a caller tells apart.
  enum Step {
    /// More input or more room is needed.
    case progress
    /// The compressed stream is complete.
    case end
    /// Neither input nor room to go on.
    case stalled
    case corrupt
    case outOfMemory
  }

  private nonisolated(unsafe) let pointer: UnsafeMutablePointer<z_stream>
  private let direction: Direction

  init(_ direction: Direction, format: CompressionFormat, level: Int32) throws(CompressionError) {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    let code =
      switch direction {
      case .deflate:
        unsafe deflateInit2_(
          stream, level, Z_DEFLATED, format.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size
        )
      case .inflate:
        unsafe inflateInit2_(stream, format.windowBits, ZLIB_VERSION, size)
      }
    if code != Z_OK {
      unsafe stream.deallocate()
      throw .outOfMemory
    }
    self.direction = direction
    unsafe self.pointer = stream
  }

  deinit {
    switch direction {
    case .deflate: _ = unsafe deflateEnd(pointer)
    case .inflate: _ = unsafe inflateEnd(pointer)
    }
    unsafe pointer.deallocate()
  }

  /// Forgets what was in progress, after a finished stream or an error, and keeps the allocations.
  mutating func reset() {
    switch direction {
    case .deflate: _ = unsafe deflateReset(pointer)
    case .inflate: _ = unsafe inflateReset(pointer)
    }
  }

  /// An upper bound of the compressed size of `count` bytes.
  mutating func bound(_ count: Int) -> Int {
    Int(unsafe deflateBound(pointer, UInt(count)))
  }

  /// Runs zlib once from `input` into `output`. The last piece of the input is always assumed.
  ///
  /// - Returns: how many bytes were consumed and produced.
  mutating func run(
    _ input: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer
  ) -> (step: Step, consumed: Int, produced: Int) {
    // zlib counts in 32 bits; longer pieces take more than one run.
    let readable = min(input.count, Int(UInt32.max))
    let writable = min(output.count, Int(UInt32.max))
    let next = unsafe input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe pointer.pointee.next_in = unsafe UnsafeMutablePointer(mutating: next)
    unsafe pointer.pointee.avail_in = UInt32(readable)
    unsafe pointer.pointee.next_out = unsafe output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe pointer.pointee.avail_out = UInt32(writable)
    let last = readable == input.count
    let code =
      switch direction {
      case .deflate: unsafe deflate(pointer, last ? Z_FINISH : Z_NO_FLUSH)
      case .inflate: unsafe inflate(pointer, Z_NO_FLUSH)
      }
    let consumed = readable - Int(unsafe pointer.pointee.avail_in)
    let produced = writable - Int(unsafe pointer.pointee.avail_out)
    return (Self.step(code), consumed, produced)
  }

  private static func step(_ code: Int32) -> Step {
    switch code {
    case Z_OK: .progress
    case Z_STREAM_END: .end
    case Z_BUF_ERROR: .stalled
    case Z_MEM_ERROR: .outOfMemory
    default: .corrupt
    }
  }
}
