package import GRPCCore

/// What a transport that reads `grpc-timeout` itself tells of the deadline.
package protocol DeadlineCarrier: ServerContext.TransportSpecific {
  /// When the caller stops waiting; nil when it set no time.
  var deadline: ContinuousClock.Instant? { get }
}
