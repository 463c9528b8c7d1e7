package import NIOCore
internal import NIOSSL

extension TLSContextProvider {
  /// Adds TLS to a channel that was just accepted or connected. Call on the channel's event loop.
  ///
  /// - Parameters:
  ///   - host: what a client dialled: a DNS name, sent as SNI and verified, or `nil` for an IP address
  ///     or a socket path. Servers pass `nil`.
  ///   - requiredProtocol: the ALPN protocol without which the handshake fails.
  ///   - completion: runs once on the event loop; see ``TLSHandshakeHandler``.
  package func addHandlers(
    to channel: any Channel,
    host: String? = nil,
    requiredProtocol: String? = "h2",
    completion: @escaping TLSHandshakeHandler.Completion
  ) throws {
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(makeHandler(host: host))
    try pipeline.addHandler(
      TLSHandshakeHandler(
        provider: self,
        host: host,
        requiredProtocol: requiredProtocol,
        completion: completion
      )
    )
  }

  private func makeHandler(host: String?) throws -> NIOSSLHandler {
    switch endpoint {
    case .server: NIOSSLServerHandler(context: current())
    case .client(let configuration):
      try NIOSSLClientHandler(context: current(), serverHostname: configuration.serverName(dialling: host))
    }
  }
}

extension TLSClientConfiguration {
  func serverName(dialling host: String?) -> String? {
    if case .host(let name) = serverIdentity { name } else { host }
  }
}
