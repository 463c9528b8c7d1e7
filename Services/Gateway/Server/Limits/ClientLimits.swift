package import NIOCore

/// What one client, and all clients together, may take of the gateway.
package struct ClientLimits: Sendable, Equatable {
  /// Open connections in all.
  package var connections = 10_000
  /// Open connections of one client.
  package var connectionsPerClient = 2_000
  /// Calls of one client at a time, over all its connections.
  package var callsPerClient = 1_000
  /// TLS handshakes at a time, over all event loops.
  package var handshakes = 1_000
  /// Bytes of responses that clients have asked for and do not take, over all event loops, beyond the queue of each
  /// stream. The client that holds most is cut off when they are more.
  package var unreadBytes = 64 * 1024 * 1024
  /// How long a client that was cut off for a flood stays out: otherwise each new connection would buy it another.
  package var pause = TimeAmount.seconds(2)
  /// Requests that one client may make per second in the long run; 0 sets no limit.
  package var requestsPerSecond = 0.0
  /// Requests that one client may make at once after a pause.
  package var requestBurst = 1_000.0
  /// Clients without a connection whose use is remembered, at most.
  package var rememberedClients = 10_000

  package init() {}
}
