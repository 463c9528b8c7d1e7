package import Identity

/// The rules of one server: who may connect, whose word on callers is taken, and who may call what.
package struct AccessPolicy: Hashable, Sendable {
  /// The identities that vouch for callers by the header `vigil-peer-uri`: the gateway's.
  package var intermediaries: Set<PeerIdentity>
  /// Who may be connected directly. Calls of others are refused whatever they ask.
  package var directPeers: AccessRule
  /// Rules of gRPC services, by full name.
  package var rules: [String: AccessRule]
  /// The rule of the others.
  package var standard: AccessRule

  package init(
    intermediaries: Set<PeerIdentity>,
    directPeers: AccessRule,
    rules: [String: AccessRule] = [:],
    standard: AccessRule = .identified
  ) {
    self.intermediaries = intermediaries
    self.directPeers = directPeers
    self.rules = rules
    self.standard = standard
  }

  /// Everybody may do everything: for a server without TLS, which nobody can prove anything to.
  package static let open = AccessPolicy(intermediaries: [], directPeers: .anyone, standard: .anyone)

  /// Health answers whoever can connect: a probe has no identity to show.
  package static let health = "grpc.health.v1.Health"

  /// Reflection answers whoever may be connected: the gateway asks on its own account.
  package static let reflection: Set = [
    "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
  ]

  func rule(for service: String) -> AccessRule {
    rules[service] ?? (service == Self.health ? .anyone : standard)
  }
}
