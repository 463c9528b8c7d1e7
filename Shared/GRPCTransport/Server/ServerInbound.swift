internal import GRPCCore
internal import NIOCore

/// The request of one RPC as the handler reads it. One reader at a time.
struct ServerInbound: AsyncSequence, Sendable {
  typealias Element = RPCRequestPart<[UInt8]>
  typealias Failure = any Error

  let stream: NIOLoopBound<ServerStream>

  func makeAsyncIterator() -> Iterator {
    Iterator(stream: self.stream)
  }

  struct Iterator: AsyncIteratorProtocol {
    let stream: NIOLoopBound<ServerStream>

    mutating func next() async throws -> Element? {
      try await self.next(isolation: nil)
    }

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> Element? {
      if self.stream.eventLoop.inEventLoop {
        switch self.stream.value.takeNext() {
        case .part(let part): return part
        case .end: return nil
        case .failed(let error): throw error
        case .wait: break
        }
      }
      let stream = self.stream
      return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation(isolation: actor) { reader in
          stream.onLoop { $0.wait(reader) }
          if Task.isCancelled { stream.onLoop { $0.cancelReader() } }
        }
      } onCancel: {
        stream.onLoop { $0.cancelReader() }
      }
    }
  }
}
