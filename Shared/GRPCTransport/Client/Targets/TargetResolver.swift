internal import NIOCore
internal import NameResolution

/// Turns a target into the addresses to connect to.
struct TargetResolver: Sendable {
  let target: ClientTarget
  private let resolver = HostResolver()

  init(_ target: ClientTarget) {
    self.target = target
  }

  /// Whether asking again could bring another answer.
  var isDynamic: Bool {
    target.endpoints.contains { endpoint in
      if case .host(let name, let port) = endpoint { !Self.isAddress(name, port) } else { false }
    }
  }

  /// The addresses of all endpoints that could be resolved, without duplicates, in the target's order.
  ///
  /// - Throws: ``ConnectFailure`` of the first endpoint that could not be, when none could.
  func resolve() async throws(ConnectFailure) -> [ResolvedAddress] {
    var found: [ResolvedAddress] = []
    var failure: ConnectFailure?
    for endpoint in target.endpoints {
      do throws(ConnectFailure) {
        for address in try await addresses(of: endpoint) where !found.contains(address) { found.append(address) }
      } catch {
        failure = failure ?? error
      }
    }
    if found.isEmpty, let failure { throw failure }
    return found
  }

  private func addresses(of endpoint: ClientEndpoint) async throws(ConnectFailure) -> [ResolvedAddress] {
    switch endpoint {
    case .unixSocket(let path):
      guard let address = try? SocketAddress(unixDomainSocketPath: path) else {
        throw ConnectFailure(address: endpoint.description, step: .resolve, reason: "the socket's path is too long")
      }
      return [ResolvedAddress(address: address, hostName: nil)]
    case .host(let name, let port):
      do {
        let found = try await resolver.resolve(host: name, port: port)
        let hostName = Self.isAddress(name, port) ? nil : name
        return found.familiesInTurn.map { ResolvedAddress(address: $0, hostName: hostName) }
      } catch {
        throw ConnectFailure(address: endpoint.description, step: .resolve, reason: error.reason)
      }
    }
  }

  private static func isAddress(_ name: String, _ port: Int) -> Bool {
    (try? SocketAddress(ipAddress: name, port: port)) != nil
  }
}

extension [SocketAddress] {
  /// IPv6 and IPv4 by turns, each in its order, beginning with the family of the first: where one family does not work,
  /// the second attempt does (RFC 8305 section 4).
  var familiesInTurn: [SocketAddress] {
    guard let first else { return [] }
    let preferred = filter { $0.protocol == first.protocol }
    let others = filter { $0.protocol != first.protocol }
    return (0..<Swift.max(preferred.count, others.count)).flatMap { index in
      [preferred, others].compactMap { $0.indices.contains(index) ? $0[index] : nil }
    }
  }
}
