/// One place that a client is told to connect to.
package enum ClientEndpoint: Sendable, Hashable, CustomStringConvertible {
  /// A host name or IP address, and a port. A name stands for all of its addresses.
  case host(String, port: Int)
  /// The path of a unix domain socket.
  case unixSocket(path: String)

  package var description: String {
    switch self {
    case .host(let name, let port): name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)"
    case .unixSocket(let path): "unix:\(path)"
    }
  }
}
