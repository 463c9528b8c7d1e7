import GRPCCore
import GRPCHealthAPI
import SwiftProtobuf

/// Health as a gateway tells it: one of two services is down.
struct HealthDouble: Grpc_Health_V1_Health.SimpleServiceProtocol {
  func list(
    request: Grpc_Health_V1_HealthListRequest, context: ServerContext
  ) async throws -> Grpc_Health_V1_HealthListResponse {
    .with {
      $0.statuses = [
        "vigil.cases.v1.CaseService": .with { $0.status = .serving },
        "vigil.access.v1.AccessService": .with { $0.status = .notServing },
      ]
    }
  }

  func check(
    request: Grpc_Health_V1_HealthCheckRequest, context: ServerContext
  ) async throws -> Grpc_Health_V1_HealthCheckResponse {
    throw RPCError(code: .unimplemented, message: "not asked")
  }

  func watch(
    request: Grpc_Health_V1_HealthCheckRequest,
    response: RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
    context: ServerContext
  ) async throws {
    throw RPCError(code: .unimplemented, message: "not asked")
  }
}
