import Identity
import ServiceRuntime

/// The settings of the gateway as an operator writes them. Addresses and TLS of its two listeners, and the routes.
enum GatewayOptions {
  /// The settings of one listener.
  struct Listener {
    let enabled: Setting<Bool>
    let listen: Setting<HostPort>
    let mode: Setting<TLSMode>
    let certificate: Setting<String?>
    let key: Setting<String?>
    let authorities: Setting<String?>

    var all: [any SettingDeclaration] { [enabled, listen, mode, certificate, key, authorities] }
  }

  /// Whether TLS is spoken. Plaintext is never a default: who wants it says so.
  enum TLSMode: String, CaseIterable, Sendable, ScalarSettingValue {
    case tls
    case plaintext
  }

  static let publicListener = Listener(
    enabled: Setting("public.enabled", default: true, "Whether clients are served."),
    listen: Setting("public.listen", default: HostPort(host: "127.0.0.1", port: 8443), "Where clients connect."),
    mode: Setting("public.tls.mode", default: .tls, "Plaintext is for tests and measurements only."),
    certificate: path("public.tls.certificate", "PEM file of the gateway's certificate chain, its own first."),
    key: path("public.tls.key", "PEM file of the certificate's private key."),
    authorities: path(
      "public.tls.ca",
      "PEM file of the authorities of client certificates. Clients may then show one; nobody need.")
  )

  static let meshListener = Listener(
    enabled: Setting("mesh.enabled", default: true, "Whether services' calls to one another are served."),
    listen: Setting("mesh.listen", default: HostPort(host: "127.0.0.1", port: 8444), "Where services connect."),
    mode: Setting("mesh.tls.mode", default: .tls, "Plaintext is for tests only."),
    certificate: path("mesh.tls.certificate", "PEM file of the gateway's certificate chain, its own first."),
    key: path("mesh.tls.key", "PEM file of the certificate's private key."),
    authorities: path("mesh.tls.ca", "PEM file of the authorities whose certificates services must show.")
  )

  static let policyKeys = path(
    "policy.keys",
    """
    File of the keys of access control by which callers' tokens are checked: the lines that `vigil-access policy-key` \
    prints. Unset: services check tokens, the gateway does not.
    """)
  static let ownTarget = Setting<String?>(
    "mesh.target", default: .some(nil), form: "host:port",
    "Where the gateway reaches its own mesh listener, to follow access control. Unset: mesh.listen.")
  static let ownIdentities = Setting<[PeerIdentity]>(
    "mesh.identities", default: [PeerIdentity(trustDomain: "vigil.local", kind: .service, name: "gateway")],
    "What the gateway's own certificates name: nobody else is taken for its mesh listener.")

  static let routes = Setting<[String]>(
    "routes",
    default: [
      "vigil.cases=127.0.0.1:9101", "vigil.feed=127.0.0.1:9101", "vigil.notifications=127.0.0.1:9102",
      "vigil.access=127.0.0.1:9103", "vigil.reporting=127.0.0.1:9104",
    ],
    form: "prefix=target…,…",
    """
    Which services are where: the beginning of service names, and the instances' addresses with spaces between. \
    A target dns:name:port stands for every address of the name, looked up again and again.
    """
  )
  static let optionalRoutes = Setting<[String]>(
    "routes-optional",
    default: [],
    form: "prefix,…",
    "Routes without which the system counts as serving all the same."
  )
  static let routeIdentities = Setting<[String]>(
    "routes-identities",
    default: [],
    form: "prefix=uri,…",
    """
    The identity that the instances of a route must prove, such as vigil.cases=spiffe://vigil.local/service/cases. \
    Without one their certificates must name the address.
    """
  )
  static let resolveInterval = Setting<Duration>(
    "routes-resolve-interval", default: .seconds(30), "Time between two look-ups of a name."
  )

  static let upstreamMode = Setting<TLSMode>(
    "upstream.tls.mode", default: .tls, "How instances are spoken to. Plaintext is for tests and measurements only."
  )
  static let upstreamCertificate = path(
    "upstream.tls.certificate", "PEM file of what the gateway shows to instances; by default the mesh's.")
  static let upstreamKey = path("upstream.tls.key", "PEM file of its private key; by default the mesh's.")
  static let upstreamAuthorities = path(
    "upstream.tls.ca", "PEM file of the authorities of the instances' certificates; by default the mesh's.")

  static func path(_ key: String, _ meaning: String) -> Setting<String?> {
    Setting(key, default: .some(nil), form: "path", meaning)
  }
}
