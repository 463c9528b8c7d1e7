import Authorization
import Identity
import RPC
import ServiceLifecycle
import ServiceRuntime
import TLS
import Tokens
import VigilAccessAPI

/// How the gateway knows which tokens are good: it follows access control through its own mesh listener, as services do.
struct TokenWatch {
  let tokens: TokenVerifier
  /// To be run, in this order.
  let services: [any Service]

  /// Nil where no keys are named: then services alone check tokens.
  ///
  /// - Throws: what is wrong with the settings, in one line.
  init?(_ runtime: ProcessRuntime) throws {
    let options = runtime.settings
    guard let keys = options[GatewayOptions.policyKeys] else { return nil }
    let mesh = try MeshClient(
      runtime, target: options[GatewayOptions.ownTarget] ?? "\(options[GatewayOptions.meshListener.listen])",
      tls: try Self.identity(runtime))
    let authorizer = Authorizer(staleness: options[PolicySettings.staleness].components.seconds)
    let feed = PolicyFeed(
      access: PBPolicyService.Client(wrapping: mesh.rpc.client), keys: try PinnedKeys(path: keys),
      authorizer: authorizer, logger: runtime.logger)
    tokens = authorizer.tokens
    services = [mesh, feed]
  }

  private static func identity(_ runtime: ProcessRuntime) throws -> TLSContextProvider? {
    try client(runtime.settings).map { try TLSContextProvider(client: $0, logger: runtime.logger) }
  }

  /// Under its own identity, and to nobody but itself: an address alone proves nothing.
  static func client(_ options: Settings) -> TLSClientConfiguration? {
    let mesh = GatewayOptions.meshListener
    guard options[mesh.mode] == .tls else { return nil }
    let files = TLSFiles(
      identity: TLSFiles.Identity(certificate: options[mesh.certificate], key: options[mesh.key]),
      authorities: options[mesh.authorities])
    let own = Set(options[GatewayOptions.ownIdentities].map(\.uri))
    return TLSClientConfiguration(files: files, serverIdentity: .uriNames(own))
  }
}
