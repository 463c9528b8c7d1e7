// RPC: how a server and a client of the system are put together. It owns the interceptors (deadline,
// telemetry, authentication, errors, in this order), the health and reflection services, and the
// assembly of a GRPCServer or GRPCClient with them over any GRPCCore transport. It may import
// GRPCTransport, Identity, Telemetry, AIP and the health and reflection APIs; it knows no service and no
// database.

/// The moment after which nobody waits for the answer to the current call any more.
package enum RPCDeadline {
  /// Inherited by everything that the call does; nil when the caller set none. Calls that are made in
  /// the task do not outlive it.
  @TaskLocal package static var current: ContinuousClock.Instant?

  /// Whether the moment has passed.
  package static var hasPassed: Bool {
    current.map { $0 <= .now } ?? false
  }
}
