import EchoAPI
import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// The echo service on grpc-swift-nio-transport: `nio-echo PORT [CERTIFICATE KEY]`.
@main
enum NIOEcho {
  static func main() async throws {
    let arguments = CommandLine.arguments
    let security: HTTP2ServerTransport.Posix.TransportSecurity =
      arguments.count > 3
      ? .tls(
        certificateChain: [.file(path: arguments[2], format: .pem)],
        privateKey: .file(path: arguments[3], format: .pem)
      )
      : .plaintext
    let server = GRPCServer(
      transport: .http2NIOPosix(
        address: .ipv4(host: "127.0.0.1", port: Int(arguments[1]) ?? 0),
        transportSecurity: security
      ),
      services: [EchoServer()]
    )
    try await server.serve()
  }
}

struct EchoServer: PBEchoService.SimpleServiceProtocol {
  func echo(request: PBEchoRequest, context: ServerContext) async throws -> PBEchoResponse {
    .with { $0.payload = request.payload }
  }
}
