internal import Compression
internal import GRPCCore

/// The response side of a call as GRPCCore reads it. One task reads at a time.
struct CallResponses: AsyncSequence, Sendable {
  typealias Element = RPCResponsePart<[UInt8]>
  typealias Failure = any Error

  let call: ClientCall
  let decompressor = MessageDecompressor()

  struct AsyncIterator: AsyncIteratorProtocol {
    let call: ClientCall
    let decompressor: MessageDecompressor

    mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> Element? {
      guard let part = try await call.next() else { return nil }
      switch part {
      case .metadata(let metadata): return .metadata(metadata)
      case .status(let status, let metadata): return .status(status, metadata)
      case .message(let message, nil): return .message(message.bytes)
      case .message(let message, .some(let format)): return .message(try decompress(message.bytes, format))
      }
    }

    mutating func next() async throws -> Element? {
      try await next(isolation: nil)
    }

    private func decompress(_ bytes: [UInt8], _ format: CompressionFormat) throws(RPCError) -> [UInt8] {
      do {
        return try decompressor.decompress(bytes, format, limit: call.limits.maxResponseMessageBytes)
      } catch {
        call.abort(error)
        throw error
      }
    }
  }

  func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(call: call, decompressor: decompressor)
  }
}
