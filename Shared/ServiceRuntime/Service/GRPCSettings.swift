package import Identity

/// The settings of a gRPC server of the mesh.
package enum GRPCSettings {
  package static let listen = Setting<HostPort>(
    "grpc.listen",
    default: HostPort(host: "127.0.0.1", port: 9100),
    "Where calls are taken."
  )
  package static let certificate = Setting<String?>(
    "grpc.tls.certificate",
    default: .some(nil),
    form: "path",
    "PEM file of the service's certificate chain, its own first. Read again when it changes."
  )
  package static let key = Setting<String?>(
    "grpc.tls.key",
    default: .some(nil),
    form: "path",
    "PEM file of the certificate's private key."
  )
  package static let authorities = Setting<String?>(
    "grpc.tls.ca",
    default: .some(nil),
    form: "path",
    "PEM file of the authorities whose certificates callers must show."
  )
  package static let insecure = Setting<Bool>(
    "grpc.insecure",
    default: false,
    "Take calls without TLS, from anybody. Only for development on one machine."
  )
  package static let peers = Setting<[PeerIdentity]>(
    "grpc.peers",
    default: [gateway],
    "Identities that may connect directly. Everybody may ask for health."
  )
  package static let gateways = Setting<[PeerIdentity]>(
    "grpc.gateways",
    default: [gateway],
    "Identities whose word on who calls is taken."
  )
  package static let reflection = Setting<Bool>(
    "grpc.reflection",
    default: true,
    "Whether clients may ask which services and types there are."
  )
  package static let messageLimit = Setting<ByteCount>(
    "grpc.message-limit",
    default: .mebibytes(4),
    "The largest message that is taken."
  )
  package static let streamLimit = Setting<Int>(
    "grpc.stream-limit",
    default: 1_000,
    "The most calls at a time on one connection."
  )

  private static let gateway = PeerIdentity(trustDomain: "vigil.local", kind: .service, name: "gateway")

  package static let group = SettingGroup(
    "Calls",
    [
      listen, certificate, key, authorities, insecure, peers, gateways, reflection, messageLimit, streamLimit,
    ]
  )
}
