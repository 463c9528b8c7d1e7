package import GRPCCore
import GRPCTransport

/// Gives each call its deadline and makes its cancellation that of the task which serves it.
///
/// GRPCCore keeps the deadline to itself and signals cancellation through the call's handle, not by
/// cancelling the task. This, the outermost interceptor, binds ``RPCDeadline/current`` and runs the rest
/// as a child task that the handle cancels.
package struct DeadlineInterceptor: ServerInterceptor {
  private static let timeoutHeader = "grpc-timeout"

  private let transportCancels: Bool

  /// - Parameter transportCancels: Whether the transport itself cancels the task that it serves a call
  ///   with; the child task, and its cost, are then left out.
  package init(transportCancels: Bool) {
    self.transportCancels = transportCancels
  }

  @concurrent
  package func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>,
    context: ServerContext,
    next:
      @concurrent @Sendable (
        _ request: StreamingServerRequest<Input>,
        _ context: ServerContext
      ) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let deadline = deadline(of: request.metadata, context)
    if transportCancels && deadline == nil {
      return try await next(request, context)
    }
    let response = try await withoutActuallyEscaping(next) { next in
      try await run(until: deadline) { try await next(request, context) }
    }
    // A streaming method does its work in the producer, after the interceptors have returned.
    return response.mapProducer { producer in
      { writer in try await run(until: deadline) { try await producer(writer) } }
    }
  }

  private func deadline(of metadata: Metadata, _ context: ServerContext) -> ContinuousClock.Instant? {
    if let carrier = context.transportSpecific as? any DeadlineCarrier { return carrier.deadline }
    guard let text = metadata[stringValues: Self.timeoutHeader].first(where: { _ in true }) else { return nil }
    return GRPCTimeout.parse(text).map { .now + $0 }
  }

  private func run<Result: Sendable>(
    until deadline: ContinuousClock.Instant?,
    _ operation: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    try await RPCDeadline.$current.withValue(deadline) {
      guard !transportCancels else { return try await operation() }
      return try await cancellable(operation)
    }
  }

  private func cancellable<Result: Sendable>(
    _ operation: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let signal = CancellationSignal()
    return try await withRPCCancellationHandler {
      try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await operation() }
        group.addTask {
          await signal.wait()
          return nil
        }
        defer { group.cancelAll() }
        while let finished = try await group.next() {
          if let result = finished { return result }
          group.cancelAll()
        }
        throw CancellationError()
      }
    } onCancelRPC: {
      signal.fire()
    }
  }
}
