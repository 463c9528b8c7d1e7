import Testing

/// Waits until the condition holds. The suite's time limit is the only clock.
func eventually(_ condition: @Sendable () async throws -> Bool) async throws {
  while try await !condition() { try await Task.sleep(for: .milliseconds(2)) }
}

/// Waits until a growing value has not changed for a while, and returns it. A value that still
/// changes later makes the caller's expectation weaker, never wrong.
func settled(_ value: @Sendable () async throws -> Int) async throws -> Int {
  var last = try await value()
  var repeats = 0
  while repeats < 20 || last == 0 {
    try await Task.sleep(for: .milliseconds(5))
    let now = try await value()
    repeats = now == last ? repeats + 1 : 0
    last = now
  }
  return last
}
