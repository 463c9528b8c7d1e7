package import GRPCCore
package import ServiceLifecycle

/// What a service is made of.
package struct ServiceParts: Sendable {
  /// The gRPC services; health and reflection are added to them.
  package var rpcServices: [any RegistrableRPCService]
  /// What reflection tells of them: `fileDescriptorSet` of each of their API modules.
  package var descriptors: [String]
  /// What runs beside the server, started before it and stopped after it, in order of dependency.
  package var background: [any Service]

  package init(
    rpcServices: [any RegistrableRPCService] = [],
    descriptors: [String] = [],
    background: [any Service] = []
  ) {
    self.rpcServices = rpcServices
    self.descriptors = descriptors
    self.background = background
  }
}
