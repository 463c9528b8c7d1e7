import GRPCCore

extension StreamingClientResponse {
  /// Calls `body` once with how the call ended: at once when it was rejected, else when its last message
  /// was read or reading failed. A response that nobody reads to its end never gets there.
  func onEnd(_ body: @escaping @Sendable (Status.Code) -> Void) -> Self {
    switch accepted {
    case .failure(let error):
      body(Status.Code(error.code))
      return self
    case .success(let contents):
      let parts = EndObservingSequence(base: contents.bodyParts, onEnd: body)
      return StreamingClientResponse(
        metadata: contents.metadata,
        bodyParts: RPCAsyncSequence(wrapping: parts)
      )
    }
  }
}

/// Passes elements on and tells when there are no more.
private struct EndObservingSequence<Element: Sendable>: AsyncSequence, Sendable {
  let base: RPCAsyncSequence<Element, any Error>
  let onEnd: @Sendable (Status.Code) -> Void

  struct Iterator: AsyncIteratorProtocol {
    var base: RPCAsyncSequence<Element, any Error>.AsyncIterator
    var onEnd: (@Sendable (Status.Code) -> Void)?

    mutating func next() async throws -> Element? {
      try await next(isolation: nil)
    }

    mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> Element? {
      do {
        let element = try await base.next(isolation: actor)
        if element == nil { end(.ok) }
        return element
      } catch {
        end(Status.Code((error as? RPCError)?.code ?? .unknown))
        throw error
      }
    }

    private mutating func end(_ code: Status.Code) {
      onEnd?(code)
      onEnd = nil
    }
  }

  func makeAsyncIterator() -> Iterator {
    Iterator(base: base.makeAsyncIterator(), onEnd: onEnd)
  }
}
