package import NIOCore

/// One socket address of an endpoint.
package struct ResolvedAddress: Sendable, Hashable, CustomStringConvertible {
  package var address: SocketAddress
  /// The name that was resolved, verified by TLS; `nil` for an IP address or a unix socket.
  package var hostName: String?

  package init(address: SocketAddress, hostName: String?) {
    self.address = address
    self.hostName = hostName
  }

  package var description: String {
    guard let port = address.port, let ip = address.ipAddress else { return "unix:\(address.pathname ?? "")" }
    let text = ip.contains(":") ? "[\(ip)]:\(port)" : "\(ip):\(port)"
    return hostName.map { "\($0) (\(text))" } ?? text
  }
}
