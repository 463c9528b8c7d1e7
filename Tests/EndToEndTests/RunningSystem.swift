import Testing

/// Starts one system for a whole suite, and stops it when the suite has ended.
struct RunningSystem: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let system = try await LocalSystem.start()
    do {
      try await LocalSystem.$current.withValue(system) { try await function() }
    } catch {
      await system.stop()
      throw error
    }
    await system.stop()
  }
}

extension Trait where Self == RunningSystem {
  /// A system of the suite's own, as ``LocalSystem/current``.
  static var runningSystem: Self { Self() }
}
