package import GRPCTransport
import Identity
package import RPC
import ServiceLifecycle
package import TLS

/// A service's way to all others: a client of the gateway's mesh listener, under the service's own
/// identity. Make generated clients over ``RPCClient/client`` of ``rpc``, and run it before what uses it.
package struct MeshClient: Service {
  package let rpc: RPCClient<HTTP2ClientTransport>
  private let watch: TLSContextProvider?

  /// - Throws: `ClientTargetError` when `mesh.target` is malformed, `TLSError` when a file is unusable.
  package init(_ runtime: ProcessRuntime) throws {
    try self.init(runtime, target: runtime.settings[MeshSettings.target], tls: Self.provider(runtime))
  }

  /// - Parameter tls: under what identity it calls, and what it takes for the gateway; nil for cleartext.
  /// - Throws: `ClientTargetError` when the target is malformed.
  package init(_ runtime: ProcessRuntime, target: String, tls: TLSContextProvider?) throws {
    watch = tls
    let transport = HTTP2ClientTransport(
      target: try ClientTarget(parsing: target),
      tls: tls,
      logger: runtime.logger
    )
    rpc = RPCClient(transport: transport, logger: runtime.logger, metrics: runtime.metrics)
  }

  package func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      if let watch { group.addTask { try await watch.run() } }
      try await rpc.run()
      group.cancelAll()
    }
  }

  // The gateway's certificate names it, wherever it is.
  private static func provider(_ runtime: ProcessRuntime) throws -> TLSContextProvider? {
    let settings = runtime.settings
    guard let certificate = settings[GRPCSettings.certificate], let key = settings[GRPCSettings.key] else {
      return nil
    }
    let files = TLSFiles(
      certificateChain: certificate,
      privateKey: key,
      authorities: settings[GRPCSettings.authorities]
    )
    let gateways = Set(settings[GRPCSettings.gateways].map(\.uri))
    return try TLSContextProvider(
      client: TLSClientConfiguration(files: files, serverIdentity: .uriNames(gateways)),
      logger: runtime.logger
    )
  }
}
