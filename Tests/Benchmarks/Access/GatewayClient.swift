import GRPCCore
import GRPCTransport
import Logging
import RPC
import TLS

/// Calls a service as the gateway does: for others, whom it names.
struct GatewayClient: Sendable {
  let address: String
  /// Where the development certificates are.
  let directory: String
  /// The service's name.
  let service: String

  static let logger = Logger(label: "bench-access") { _ in SwiftLogNoOpLogHandler() }

  func run<Result: Sendable>(
    as caller: String, _ body: (GRPCClient<HTTP2ClientTransport>) async throws -> Result
  ) async throws -> Result {
    let identity = "\(directory)/services/gateway"
    let files = TLSFiles(
      certificateChain: identity + ".pem", privateKey: identity + ".key", authorities: "\(directory)/ca.pem")
    let server = TLSClientConfiguration.ServerIdentity.uriNames(["spiffe://vigil.local/service/\(service)"])
    let transport = HTTP2ClientTransport(
      target: try ClientTarget(parsing: address),
      tls: try TLSContextProvider(
        client: TLSClientConfiguration(files: files, serverIdentity: server), logger: Self.logger),
      logger: Self.logger)
    return try await withGRPCClient(transport: transport, interceptors: [NamedCaller(uri: caller)], handleClient: body)
  }
}

/// Names whom a call is made for.
private struct NamedCaller: ClientInterceptor {
  let uri: String

  @concurrent
  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingClientRequest<Input>,
    context: ClientContext,
    next:
      @concurrent (
        _ request: StreamingClientRequest<Input>,
        _ context: ClientContext
      ) async throws -> StreamingClientResponse<Output>
  ) async throws -> StreamingClientResponse<Output> {
    var request = request
    request.metadata.replaceOrAddString(uri, forKey: AuthenticationInterceptor.callerHeader)
    // By a certificate that access control did not issue, and has not revoked.
    request.metadata.replaceOrAddString("be4c", forKey: AuthenticationInterceptor.certificateHeader)
    return try await next(request, context)
  }
}
