internal import Compression
internal import GRPCCore
internal import Synchronization

/// Compresses the messages of one call, one after another.
final class MessageCompressor: Sendable {
  private let context: Mutex<Compressor>

  /// - Returns: `nil` for no compression.
  /// - Throws: `RPCError` when there is no memory for it.
  init?(_ algorithm: CompressionAlgorithm) throws(RPCError) {
    let format: CompressionFormat
    switch algorithm {
    case .gzip: format = .gzip
    case .deflate: format = .deflate
    default: return nil
    }
    do {
      context = Mutex(try Compressor(format))
    } catch {
      throw RPCError(code: .resourceExhausted, message: "\(error)")
    }
  }

  func compress(_ message: [UInt8]) throws(RPCError) -> [UInt8] {
    do {
      return try context.withLock { context throws(CompressionError) in try context.compress(message) }
    } catch {
      throw RPCError(code: .internalError, message: "\(error)")
    }
  }
}

/// Decompresses the messages of one call; makes its context when the first compressed one comes.
final class MessageDecompressor: Sendable {
  private struct Context: ~Copyable {
    let format: CompressionFormat
    var decompressor: Decompressor
  }

  private let context = Mutex<Context?>(nil)

  /// - Throws: `RPCError`: `.resourceExhausted` over the limit, `.internalError` for a bad message.
  func decompress(_ message: [UInt8], _ format: CompressionFormat, limit: Int) throws(RPCError) -> [UInt8] {
    do {
      return try context.withLock { context throws(CompressionError) in
        if context == nil { context = Context(format: format, decompressor: try Decompressor(format)) }
        return try context?.decompressor.decompress(message, limit: limit) ?? []
      }
    } catch {
      throw Self.error(error)
    }
  }

  private static func error(_ error: CompressionError) -> RPCError {
    switch error {
    case .outputLimitExceeded(let limit):
      RPCError(
        code: .resourceExhausted,
        message: "A decompressed message is over the limit of \(limit) bytes for responses."
      )
    case .corrupt, .truncated, .outOfMemory: RPCError(code: .internalError, message: "\(error)")
    }
  }
}
