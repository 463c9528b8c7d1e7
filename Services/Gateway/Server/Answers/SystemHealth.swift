import GRPCHealthAPI

/// The health of the system as a whole, as `grpc.health.v1` tells it.
struct SystemHealth {
  typealias Status = Grpc_Health_V1_HealthCheckResponse.ServingStatus

  let core: GatewayCore
  let isDraining: Bool

  /// - Parameter service: a full service name; the empty one is the system.
  /// - Returns: nil when there is no such service.
  func status(of service: String) -> Status? {
    if isDraining { return .notServing }
    if service.isEmpty { return core.fleet.isServing ? .serving : .notServing }
    if OwnService(rawValue: service) != nil { return .serving }
    guard let route = core.routes.route(for: Array(service.utf8)) else { return nil }
    return core.fleet.availableCount(of: route) > 0 ? .serving : .notServing
  }

  /// Of the system and of every route, by its prefix.
  var all: [String: Status] {
    let names = [""] + core.fleet.routes.map(\.prefix)
    return Dictionary(uniqueKeysWithValues: names.map { ($0, status(of: $0) ?? .unknown) })
  }
}
