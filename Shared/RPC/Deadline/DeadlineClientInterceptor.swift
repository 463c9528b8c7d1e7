package import GRPCCore
import GRPCTransport

/// Hands the deadline of the call that is served on to the calls that are made for it.
package struct DeadlineClientInterceptor: ClientInterceptor {
  private static let timeoutHeader = "grpc-timeout"

  package init() {}

  @concurrent
  package func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingClientRequest<Input>,
    context: ClientContext,
    next:
      @concurrent (
        _ request: StreamingClientRequest<Input>,
        _ context: ClientContext
      ) async throws -> StreamingClientResponse<Output>
  ) async throws -> StreamingClientResponse<Output> {
    guard let deadline = RPCDeadline.current else { return try await next(request, context) }
    let remaining = ContinuousClock.now.duration(to: deadline)
    guard remaining > .zero else {
      return StreamingClientResponse(error: RPCError(code: .deadlineExceeded, message: "the deadline has passed"))
    }
    var request = request
    let own = request.metadata[stringValues: Self.timeoutHeader].first { _ in true }
    let timeout = own.flatMap { GRPCTimeout.parse($0) }.map { min($0, remaining) } ?? remaining
    request.metadata.replaceOrAddString(GRPCTimeout.format(timeout), forKey: Self.timeoutHeader)
    return try await next(request, context)
  }
}
