import HTTP2
import NIOCore
import TLS

/// How the gateway speaks to instances.
struct UpstreamSettings: Sendable {
  var http2: HTTP2Configuration
  var timeouts: HTTP2Timeouts
  /// How long making a connection may take, with its TLS handshake.
  var connectTimeout = TimeAmount.seconds(2)
  /// Connections to one instance from one event loop, at most. More than one are made only when the instance's limit on
  /// concurrent streams is reached.
  var connections = 16
  /// Nil speaks plaintext.
  var tls: TLSContextProvider?

  init() {
    var http2 = HTTP2Configuration()
    http2.maxConcurrentStreams = 0
    http2.initialStreamWindow = 256 * 1024
    http2.connectionWindow = 4 * 1024 * 1024
    http2.holdsConnectionWindow = false
    http2.maxHeaderListSize = HTTP2Configuration.maxHeaderListSizeBehindGateway
    self.http2 = http2
    var timeouts = HTTP2Timeouts()
    timeouts.keepalive = .seconds(20)
    timeouts.keepaliveResponse = .seconds(5)
    timeouts.settings = .seconds(5)
    self.timeouts = timeouts
  }

  var scheme: StaticString { tls == nil ? "http" : "https" }
}
