import GRPCTransport
import Identity
import Logging
import RPC
import ServiceLifecycle
import TLS

extension GRPCListener {
  /// How a service's server proves who it is and finds out who calls.
  struct Security {
    let transport: HTTP2ServerTransport.Security
    private let access: AccessPolicy
    /// What runs for it: the watch over the certificate files.
    let services: [any Service]

    /// - Throws: ``SettingError`` when the settings contradict each other, `TLSError` when a file is unusable.
    init(_ runtime: ProcessRuntime) throws {
      let settings = runtime.settings
      let paths = [
        settings[GRPCSettings.certificate], settings[GRPCSettings.key], settings[GRPCSettings.authorities],
      ]
      if paths.allSatisfy({ $0 == nil }) {
        guard settings[GRPCSettings.insecure] else {
          throw SettingError.contradiction("grpc.tls.certificate, key and ca are required, or grpc.insecure=true")
        }
        runtime.logger.warning("calls are taken without TLS, from anybody")
        (transport, access, services) = (.plaintext, .open, [])
        return
      }
      guard let certificate = paths[0], let key = paths[1], let authorities = paths[2] else {
        throw SettingError.contradiction("grpc.tls.certificate, grpc.tls.key and grpc.tls.ca go together")
      }
      let check = runtime.readiness.declare("tls")
      let provider = try TLSContextProvider(
        server: TLSServerConfiguration(
          files: TLSFiles(certificateChain: certificate, privateKey: key, authorities: authorities),
          clientCertificates: .optional
        ),
        logger: runtime.logger
      )
      check.set(.ready)
      transport = .tls(provider)
      access = AccessPolicy(
        intermediaries: Set(settings[GRPCSettings.gateways]),
        directPeers: .only(Set(settings[GRPCSettings.peers]))
      )
      services = [provider]
    }

    /// The policy with a service's own rules. Without TLS nobody can be told from anybody.
    func access(rules: [String: AccessRule]) -> AccessPolicy {
      guard case .tls = transport else { return access }
      var access = access
      access.rules = rules
      return access
    }
  }
}
