package import GRPCTransport
import RPC
package import Records
package import ServiceRuntime
import VigilAccessAPI

extension PolicyFeed {
  /// As the settings say, with a readiness check `policy`.
  ///
  /// - Throws: `PinnedKeys.FileError` for a file of keys that cannot be used.
  package init(
    _ runtime: ProcessRuntime, mesh: MeshClient, clock: WallClock = .system
  ) throws where Transport == HTTP2ClientTransport {
    let settings = runtime.settings
    let authorizer = Authorizer(staleness: settings[PolicySettings.staleness].components.seconds, clock: clock)
    self.init(
      access: PBPolicyService.Client(wrapping: mesh.rpc.client),
      keys: try PinnedKeys(path: settings[PolicySettings.keys]),
      authorizer: authorizer,
      cache: settings[PolicySettings.cache].map { PolicyCache(path: $0) },
      check: runtime.readiness.declare("policy"),
      metrics: PolicyMetrics(runtime.metrics, of: authorizer),
      logger: runtime.logger
    )
  }
}
