package import CoreMetrics
package import GRPCCore
package import Logging
package import Tokens

/// What distinguishes one server of the system from another.
package struct RPCServerConfiguration: Sendable {
  /// The services; health and reflection are added.
  package var services: [ServedService]
  /// `fileDescriptorSet` of each of their API modules.
  package var descriptors: [String]
  package var offersReflection = true
  package var access: AccessPolicy
  /// What checks callers' tokens; without it none is good.
  package var tokens: TokenVerifier?
  /// What libraries' errors mean to callers.
  package var translations: [ErrorTranslation] = []
  /// Interceptors of its own, inside those that every server has.
  package var additional: [any ServerInterceptor] = []
  /// Whether the transport cancels the task of a call that is cancelled.
  package var transportCancels = true
  /// What ends calls that would go on for ever, when the server is to stop.
  package var endsStreams: @Sendable () -> Void = {}
  package var logger: Logger
  package var metrics: any MetricsFactory

  package init(
    services: [ServedService],
    descriptors: [String],
    access: AccessPolicy,
    logger: Logger,
    metrics: any MetricsFactory
  ) {
    self.services = services
    self.descriptors = descriptors
    self.access = access
    self.logger = logger
    self.metrics = metrics
  }

  /// The order matters: everything inside knows the deadline, every end of a call is counted, and what a
  /// method throws is made presentable before anybody else sees it.
  var interceptors: [any ServerInterceptor] {
    [
      DeadlineInterceptor(transportCancels: transportCancels),
      TelemetryServerInterceptor(logger: logger, metrics: metrics),
      AuthenticationInterceptor(policy: access, tokens: tokens),
    ] + additional + [ErrorInterceptor(logger: logger, translations: translations)]
  }
}
