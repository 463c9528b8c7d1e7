import GRPCCore
struct HTTP2ClientTransport: ClientTransport {
  typealias Bytes = [UInt8]
  var retryThrottle: RetryThrottle? { nil }
  @concurrent func connect() async throws {}
  func beginGracefulShutdown() {}
  @concurrent func withStream<T: Sendable>(
    descriptor: MethodDescriptor, options: CallOptions,
    _ closure: @concurrent (RPCStream<Inbound, Outbound>, ClientContext) async throws -> T
  ) async throws -> T { throw RPCError(code: .unavailable, message: "stub") }
  func config(forMethod descriptor: MethodDescriptor) -> MethodConfig? { nil }
}
extension SystemConnection { func transport() throws -> HTTP2ClientTransport { HTTP2ClientTransport() } }
