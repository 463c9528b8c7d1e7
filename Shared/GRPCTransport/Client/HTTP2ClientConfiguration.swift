package import GRPCCore
package import HTTP2
internal import NIOCore

/// How a client connects and calls.
package struct HTTP2ClientConfiguration: Sendable {
  /// `nil`: what the service config says, else pick-first.
  package var balancing: LoadBalancingPolicy?
  package var backoff = Backoff.Configuration()
  /// From the first packet to the server's HTTP/2 settings: connecting, TLS, preface.
  package var connectTimeout: Duration = .seconds(20)
  /// How long pick-first waits for one address before it tries the next beside it (RFC 8305 section 5).
  package var attemptDelay: Duration = .milliseconds(250)
  /// How often names are looked up again while nothing is wrong.
  package var resolveInterval: Duration = .seconds(30)
  /// The shortest time between two look-ups, however often connections fail.
  package var minResolveInterval: Duration = .seconds(1)
  /// What this side offers the server and bears from it.
  package var http2: HTTP2Configuration
  /// Keepalive and idle time-out. By default idle connections are closed after 30 minutes.
  package var timeouts: HTTP2Timeouts
  /// The longest message that a call sends unless its options say otherwise; `nil` is no limit.
  package var maxRequestMessageBytes: Int?
  /// The longest message that a call takes unless its options say otherwise.
  package var maxResponseMessageBytes = 4 * 1024 * 1024
  /// Requests up to this size can be sent again when the server provably did not process them.
  package var replayBytes = 256 * 1024
  /// `:authority`; `nil` means the target's first host and port.
  package var authority: String?
  package var userAgent = "vigil"
  /// Per-method defaults, retries and retry throttling, as gRPC defines them.
  package var serviceConfig = ServiceConfig()

  package init() {
    http2 = HTTP2Configuration()
    // A client takes no pushes.
    http2.maxConcurrentStreams = 0
    timeouts = HTTP2Timeouts()
    timeouts.idle = .minutes(30)
  }
}
