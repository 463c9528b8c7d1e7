package import ServiceLifecycle
package import ServiceRuntime

/// The executable `vigil-gateway`.
package enum GatewayProcess: VigilProcess {
  package static let name = "vigil-gateway"
  package static let purpose = "The one way into Vigil and between its services: a gRPC gateway over HTTP/2."
  package static let settings = GatewayOptions.groups

  package static func assemble(_ runtime: ProcessRuntime) async throws -> [any Service] {
    var settings = try GatewaySettings(runtime.settings, logger: runtime.logger)
    let watch = try TokenWatch(runtime)
    settings.tokens = watch?.tokens
    let server = try GatewayServer(
      settings: settings, logger: runtime.logger, readiness: runtime.readiness.declare("routes"))
    // The watch goes through the server, and ends before it.
    return settings.tlsProviders + [server] + (watch?.services ?? [])
  }
}
