package import GRPCCore
import GRPCHealthAPI
import GRPCReflectionAPI
import ServiceLifecycle

/// A gRPC server with everything that each server of the system has: the interceptors in their order,
/// health and reflection.
///
/// Until ``HealthRegistry/setServing(_:)`` says otherwise its services are not serving. On graceful
/// shutdown health turns first, so that balancers look elsewhere, then the transport drains.
package struct RPCServer: Service {
  package let health: HealthRegistry
  private let server: GRPCServer<MethodCheckingTransport>
  private let endsStreams: @Sendable () -> Void

  package init(transport: some ServerTransport<[UInt8]>, configuration: RPCServerConfiguration) {
    var router = RPCRouter<MethodCheckingTransport>()
    for service in configuration.services { service.registerMethods(with: &router) }
    let offered = Set(router.methods.map(\.service.fullyQualifiedService))
    health = HealthRegistry(services: offered)
    HealthService(registry: health).registerMethods(with: &router)
    if configuration.offersReflection {
      let catalog = ReflectionCatalog(
        services: offered.union(Self.ownServices),
        sources: Self.descriptors(configuration)
      )
      ReflectionService(catalog: catalog).registerMethods(with: &router)
      ReflectionAlphaService(catalog: catalog).registerMethods(with: &router)
    }
    router.registerInterceptors(pipeline: configuration.interceptors.map { .apply($0, to: .all) })
    server = GRPCServer(transport: MethodCheckingTransport(transport), router: router)
    endsStreams = configuration.endsStreams
  }

  /// Serves until graceful shutdown has drained the transport, or until cancellation.
  package func run() async throws {
    try await withGracefulShutdownHandler {
      try await server.serve()
    } onGracefulShutdown: {
      health.shutDown()
      endsStreams()
      server.beginGracefulShutdown()
    }
  }

  private static var ownServices: [String] {
    [
      Grpc_Health_V1_Health.descriptor.fullyQualifiedService,
      Grpc_Reflection_V1_ServerReflection.descriptor.fullyQualifiedService,
      Grpc_Reflection_V1alpha_ServerReflection.descriptor.fullyQualifiedService,
    ]
  }

  private static func descriptors(_ configuration: RPCServerConfiguration) -> [FileDescriptorSetSource] {
    let own = [GRPCHealthAPIDescriptors.fileDescriptorSet, GRPCReflectionAPIDescriptors.fileDescriptorSet]
    return (configuration.descriptors + own).map(FileDescriptorSetSource.init)
  }
}
