import GRPCCore
import Postgres
import RPC

/// Lets statements end with the call that they are run for.
struct DatabaseDeadlineInterceptor: ServerInterceptor {
  @concurrent
  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>,
    context: ServerContext,
    next:
      @concurrent @Sendable (
        _ request: StreamingServerRequest<Input>,
        _ context: ServerContext
      ) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    guard let deadline = RPCDeadline.current else { return try await next(request, context) }
    let response = try await PostgresDeadline.$current.withValue(deadline) {
      try await next(request, context)
    }
    return response.mapProducer { producer in
      { writer in try await PostgresDeadline.$current.withValue(deadline) { try await producer(writer) } }
    }
  }
}
