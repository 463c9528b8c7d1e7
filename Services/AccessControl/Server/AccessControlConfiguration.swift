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
}
