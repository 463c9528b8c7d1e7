internal import NIOCore

/// Where a server listens.
package enum HTTP2ServerAddress: Hashable, Sendable {
  /// A host name or IP address and a port; port 0 lets the system choose.
  case hostname(String, port: Int)
  /// A socket in the file system. A stale one at that path is replaced.
  case unixDomainSocket(path: String)
}

/// A peer's address in gRPC's notation, such as `ipv4:127.0.0.1:31415` or `unix:/run/vigil.sock`.
func describe(_ address: SocketAddress?) -> String {
  switch address {
  case .v4: "ipv4:\(address?.ipAddress ?? ""):\(address?.port ?? 0)"
  case .v6: "ipv6:[\(address?.ipAddress ?? "")]:\(address?.port ?? 0)"
  case .unixDomainSocket: "unix:\(address?.pathname ?? "")"
  case .none: "unknown"
  }
}
