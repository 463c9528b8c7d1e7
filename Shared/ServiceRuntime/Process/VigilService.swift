package import GRPCCore
package import Postgres
package import ServiceLifecycle

/// A gRPC service of the mesh that keeps its data in a PostgreSQL schema of its own.
package protocol VigilService: VigilProcess {
  /// The schema, which is also the suffix of the login role that owns it.
  static var schema: String { get }

  /// The schema's migrations, oldest first.
  static var migrations: [Migration] { get }

  /// Makes what the service offers, over the pool and the settings that it is given.
  static func makeParts(_ context: ServiceContext) throws -> ServiceParts
}

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
