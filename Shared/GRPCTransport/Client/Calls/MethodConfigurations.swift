internal import GRPCCore

/// A service config's per-method settings, found by name: the method's own, else its service's, else
/// the default for all (gRPC service config, "method_config").
struct MethodConfigurations: Sendable {
  private var configurations: [MethodConfig.Name: MethodConfig] = [:]

  init(_ configuration: ServiceConfig) {
    for method in configuration.methodConfig {
      for name in method.names { configurations[name] = method }
    }
  }

  subscript(_ method: MethodDescriptor) -> MethodConfig? {
    let service = method.service.fullyQualifiedService
    return configurations[MethodConfig.Name(service: service, method: method.method)]
      ?? configurations[MethodConfig.Name(service: service)]
      ?? configurations[MethodConfig.Name(service: "")]
  }
}
