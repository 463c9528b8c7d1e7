package import Identity

/// Who may call the methods of a gRPC service, as far as the transport can tell. What a caller may see
/// and do is the service's own decision.
package enum AccessRule: Hashable, Sendable {
  /// Everybody who could connect.
  case anyone
  /// Those who have an identity.
  case identified
  /// Processes of the system.
  case services
  /// The process of the system of that name.
  case service(String)
  /// These.
  case only(Set<PeerIdentity>)

  func admits(_ peer: Peer) -> Bool {
    switch self {
    case .anyone: true
    case .identified: peer.identity != nil
    case .services: peer.isService
    case .service(let name): peer.isService && peer.identity?.name == name
    case .only(let allowed): peer.identity.map(allowed.contains) ?? false
    }
  }
}
