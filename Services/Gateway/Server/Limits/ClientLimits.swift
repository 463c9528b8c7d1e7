/// What one client, and all clients together, may take of the gateway.
package struct ClientLimits: Sendable, Equatable {
  /// Open connections in all.
  package var connections = 10_000
  /// Open connections of one client.
  package var connectionsPerClient = 2_000
  /// Requests that one client may make per second in the long run; 0 sets no limit.
  package var requestsPerSecond = 0.0
  /// Requests that one client may make at once after a pause.
  package var requestBurst = 1_000.0
  /// Clients without a connection whose use is remembered, at most.
  package var rememberedClients = 10_000

  package init() {}
}
