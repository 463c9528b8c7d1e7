import GRPCCore
import Identity
import RPC

/// Stands for the connection's certificate, which there is none of in one process: the caller is who the client says.
/// (That the real one cannot be made up is tested with Shared/RPC and the gateway.)
struct ActingCaller: ServerInterceptor {
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
    let named = request.metadata[stringValues: "test-caller"].first { _ in true }
    let identity = named.flatMap { PeerIdentity(uri: $0) }
    let caller = Caller(peer: identity.map { .identified($0) } ?? .anonymous)
    let response = try await Caller.$current.withValue(caller) { try await next(request, context) }
    return response.mapProducer { producer in
      { writer in try await Caller.$current.withValue(caller) { try await producer(writer) } }
    }
  }
}
