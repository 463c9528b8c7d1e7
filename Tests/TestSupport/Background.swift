package import ServiceLifecycle

/// Runs `body` while services run beside it, which are cancelled afterwards.
package func withBackground<Result: Sendable>(
  _ services: [any Service], _ body: () async throws -> Result
) async throws -> Result {
  try await withThrowingTaskGroup(of: Void.self) { group in
    for service in services { group.addTask { try await service.run() } }
    defer { group.cancelAll() }
    return try await body()
  }
}
