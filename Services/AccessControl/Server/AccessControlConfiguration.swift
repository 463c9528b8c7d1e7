import Identity
import ServiceRuntime

/// The configuration of vigil-access that differs from other services'.
enum AccessControlConfiguration {
  static let defaults = [
    "grpc.listen": "127.0.0.1:9103",
    "admin.listen": "127.0.0.1:9193",
  ]

  static let sources = Setting<[PeerIdentity]>(
    "audit.sources",
    default: ["cases", "notifications", "reporting"].map {
      PeerIdentity(trustDomain: "vigil.local", kind: .service, name: $0)
    },
    "Processes whose records the log takes, each under the name in its certificate."
  )

  static let group = SettingGroup("Log", [sources])

  static let authority = Setting<String?>(
    "certificates.authority",
    default: .some(nil),
    form: "path",
    "PEM file of the authority that certificates of systems are issued with; without it they are issued elsewhere."
  )
  static let authorityKey = Setting<String?>(
    "certificates.key",
    default: .some(nil),
    form: "path",
    "PEM file of the authority's private key."
  )
  static let lifetime = Setting<Duration>(
    "certificates.lifetime",
    default: .seconds(30 * 86_400),
    "How long a certificate that is issued lasts."
  )

  static let certificates = SettingGroup("Certificates of systems", [authority, authorityKey, lifetime])
}
