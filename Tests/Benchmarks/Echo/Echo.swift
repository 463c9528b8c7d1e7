import EchoAPI
import Foundation
import GRPCCore
import GRPCTransport
import Logging
import NIOPosix
import TLS

/// The echo service on our transport: `bench-echo PORT [CERTIFICATE KEY]`.
@main
enum Echo {
  static func main() async throws {
    let arguments = CommandLine.arguments
    let logger = Logger(label: "bench-echo")
    var security = HTTP2ServerTransport.Security.plaintext
    if arguments.count > 3 {
      let files = TLSFiles(certificateChain: arguments[2], privateKey: arguments[3])
      security = .tls(try TLSContextProvider(server: TLSServerConfiguration(files: files), logger: logger))
    }
    let transport = HTTP2ServerTransport(
      address: .hostname("127.0.0.1", port: Int(arguments.dropFirst().first ?? "") ?? 0),
      security: security,
      // One loop for each core that the process may use: the suite pins it.
      eventLoopGroup: MultiThreadedEventLoopGroup(numberOfThreads: usableCores()),
      logger: logger
    )
    // As a ServedService registers it: where the types are known.
    var router = RPCRouter<HTTP2ServerTransport>()
    EchoServer().registerMethods(with: &router)
    try await GRPCServer(transport: transport, router: router).serve()
  }
}

/// The cores in this process's affinity mask, which nothing in the standard library tells.
func usableCores() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }
  let mask = line?.split(separator: "\t").last ?? "1"
  return max(1, mask.compactMap(\.hexDigitValue).reduce(0) { $0 + $1.nonzeroBitCount })
}

struct EchoServer: PBEchoService.SimpleServiceProtocol {
  func echo(request: PBEchoRequest, context: ServerContext) async throws -> PBEchoResponse {
    var response = PBEchoResponse()
    response.payload = request.payload
    return response
  }
}
