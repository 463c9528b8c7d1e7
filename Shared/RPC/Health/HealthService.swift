import AIP
package import GRPCCore
package import GRPCHealthAPI
import SwiftProtobuf

/// `grpc.health.v1.Health` over a registry of statuses.
package struct HealthService: Grpc_Health_V1_Health.SimpleServiceProtocol {
  private let registry: HealthRegistry

  package init(registry: HealthRegistry) {
    self.registry = registry
  }

  package func check(
    request: Grpc_Health_V1_HealthCheckRequest,
    context: ServerContext
  ) async throws -> Grpc_Health_V1_HealthCheckResponse {
    guard let status = registry.status(of: request.service) else {
      throw ServiceError(.notFound, .serviceUnknown, "no service of that name is known here")
    }
    return .with { $0.status = .init(status) }
  }

  package func list(
    request: Grpc_Health_V1_HealthListRequest,
    context: ServerContext
  ) async throws -> Grpc_Health_V1_HealthListResponse {
    .with { response in
      response.statuses = registry.statuses.mapValues { status in .with { $0.status = .init(status) } }
    }
  }

  package func watch(
    request: Grpc_Health_V1_HealthCheckRequest,
    response: RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
    context: ServerContext
  ) async throws {
    for await status in registry.watch(request.service) {
      try await response.write(.with { $0.status = .init(status) })
    }
    try Task.checkCancellation()
    throw ServiceError(.unavailable, .shuttingDown, "the process is shutting down")
  }
}

extension Grpc_Health_V1_HealthCheckResponse.ServingStatus {
  fileprivate init(_ status: HealthRegistry.Status?) {
    switch status {
    case .serving: self = .serving
    case .notServing: self = .notServing
    case nil: self = .serviceUnknown
    }
  }
}
