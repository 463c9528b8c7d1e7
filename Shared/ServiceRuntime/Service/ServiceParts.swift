package import GRPCCore
package import RPC
package import ServiceLifecycle
package import Tokens

/// What a service is made of.
package struct ServiceParts: Sendable {
  /// The gRPC services; health and reflection are added to them.
  package var rpcServices: [ServedService]
  /// What reflection tells of them: `fileDescriptorSet` of each of their API modules.
  package var descriptors: [String]
  /// Who may call which of the services, by full name; without a rule whoever is identified.
  package var rules: [String: AccessRule]
  /// What runs beside the server, started before it and stopped after it, in order of dependency.
  package var background: [any Service]

  /// What every call of its methods passes, inside what every server has.
  package var interceptors: [any ServerInterceptor] = []

  /// What checks callers' tokens, told by whoever follows access control; without it none is good.
  package var tokens: TokenVerifier?

  /// Ends calls that would go on for ever, such as watches, so that they do not hold up the stop of the server. Called
  /// once, before it.
  package var endsStreams: @Sendable () -> Void = {}

  package init(
    rpcServices: [ServedService] = [],
    descriptors: [String] = [],
    rules: [String: AccessRule] = [:],
    background: [any Service] = []
  ) {
    self.rpcServices = rpcServices
    self.descriptors = descriptors
    self.rules = rules
    self.background = background
  }
}
