package import Identity

/// Who may call the methods of a gRPC service, as far as the transport can tell. What a caller may see
/// and do is the service's own decision.
package enum AccessRule: Hashable, Sendable {
  /// Everybody who could connect.
  case anyone
  /// Everybody whom one brings who may be connected directly, with or without an identity.
  case guests
  /// Those who have an identity, by a certificate or by a token.
  case identified
  /// Processes of the system.
  case services
  /// The process of the system of that name.
  case service(String)
  /// These.
  case only(Set<PeerIdentity>)

  func admits(_ peer: Peer) -> Bool { admits(Caller(peer: peer)) }

  /// A token makes nobody a process of the system, nor one of these.
  func admits(_ caller: Caller) -> Bool {
    switch self {
    case .anyone, .guests: true
    case .identified: caller.isIdentified
    case .services: caller.peer.isService
    case .service(let name): caller.peer.isService && caller.peer.identity?.name == name
    case .only(let allowed): caller.peer.identity.map(allowed.contains) ?? false
    }
  }
}
