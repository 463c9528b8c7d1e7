package import HTTP2
package import NIOCore

/// How a server treats its connections and RPCs. The defaults suit a service inside a data centre.
package struct HTTP2ServerTransportConfiguration: Sendable {
  package var http2 = HTTP2Configuration()
  package var timeouts: HTTP2Timeouts = {
    var timeouts = HTTP2Timeouts()
    timeouts.keepalive = .seconds(60)
    timeouts.minPingInterval = .seconds(10)
    return timeouts
  }()
  /// From the connection being accepted to the end of its TLS handshake.
  package var handshakeTimeout: TimeAmount = .seconds(10)
  /// Connections open at once; more are closed as they come.
  package var maxConnections = 10_000
  /// Connections that the system keeps until they are accepted.
  package var backlog: Int32 = 1_024
  /// In bytes, after decompression.
  package var maxRequestMessageSize = 4 * 1024 * 1024
  /// In bytes, before compression.
  package var maxResponseMessageSize = 64 * 1024 * 1024
  /// Whether responses are compressed for clients that accept gzip.
  package var compressesResponses = false
  /// Responses shorter than this many bytes are sent as they are.
  package var compressionThreshold = 1_024
  /// How long RPCs may go on after ``HTTP2ServerTransport/beginGracefulShutdown()``; then they are
  /// cancelled and their connections closed. `nil` waits for ever.
  package var shutdownGrace: TimeAmount? = .seconds(30)

  package init() {}
}
