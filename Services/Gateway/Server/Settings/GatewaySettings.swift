import HTTP2
import NIOCore
import TLS
import Tokens

/// Everything that the gateway can be told, in the types that it works with.
struct GatewaySettings: Sendable {
  /// One of the two listeners.
  struct Listener: Sendable {
    let host: String
    let port: Int
    /// Nil speaks plaintext.
    let tls: TLSContextProvider?
  }

  /// How clients are spoken to.
  struct Downstream: Sendable {
    var http2: HTTP2Configuration
    var timeouts: HTTP2Timeouts
    /// How long a TLS handshake may take.
    var handshakeTimeout = TimeAmount.seconds(10)

    init() {
      var http2 = HTTP2Configuration()
      http2.maxConcurrentStreams = 250
      http2.initialStreamWindow = 256 * 1024
      http2.connectionWindow = 1024 * 1024
      self.http2 = http2
      var timeouts = HTTP2Timeouts()
      timeouts.keepalive = .seconds(60)
      timeouts.keepaliveWithoutStreams = true
      timeouts.minPingInterval = .seconds(10)
      timeouts.stall = .seconds(60)
      self.timeouts = timeouts
    }
  }

  var listeners: [ClientDescription.Listener: Listener] = [:]
  var routes: [Route] = []
  var downstream = Downstream()
  var upstream = UpstreamSettings()
  /// By the route's prefix, where the instances must prove more than to be of the mesh.
  var upstreamTLS: [String: TLSContextProvider] = [:]
  /// What checks callers' tokens before the services do, told by whoever follows access control; nil leaves it to them.
  var tokens: TokenVerifier?
  var limits = ClientLimits()
  var health = HealthPolicy()
  var callTimeouts = CallTimeouts()
  /// Tries of one call, the first included.
  var maximumTries = 3
  /// Bytes of a request that are kept for another try.
  var replayLimit = 64 * 1024
  var accessLog = CallObserver.AccessLog.all
  /// Time between two resolutions of a name.
  var resolveInterval = Duration.seconds(30)
  /// How long calls in progress may take to end at shutdown.
  var shutdownGrace: TimeAmount? = .seconds(30)
  /// Event loops; each has a thread.
  var eventLoops = 1

  init() {}

  /// What a client is told to wait after too many requests.
  var retryDelay: Duration {
    .seconds(limits.requestsPerSecond > 0 ? max(1 / limits.requestsPerSecond, 0.1) : 1)
  }
}
