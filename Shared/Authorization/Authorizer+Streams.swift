extension Authorizer {
  /// Does what may go on for long, such as writing a stream, for as long as the caller may have it: looks again with each
  /// change of the policy, and each second, which ends roles and grants in time.
  ///
  /// - Parameters:
  ///   - judge: throws what the caller is to get when it may not, or no longer: PERMISSION_DENIED, or NOT_FOUND for what
  ///     it may not know of. Called before `body`.
  ///   - body: is cancelled when the right is gone.
  /// - Throws: what `judge`, ``requester()`` or `body` throws.
  package func whileAllowed<Result: Sendable>(
    _ judge: @escaping @Sendable (Requester) async throws -> Void,
    _ body: @escaping @Sendable (Requester) async throws -> Result
  ) async throws -> Result {
    let changes = changes()
    let requester = try requester()
    try await judge(requester)
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      defer { group.cancelAll() }
      group.addTask { try await body(requester) }
      group.addTask {
        for await _ in changes { try await judge(try self.requester()) }
        return nil
      }
      // Whichever is first to give a result or to throw decides; the watch alone ends without either, when cancelled.
      while let ended = try await group.next() {
        if let result = ended { return result }
      }
      throw CancellationError()
    }
  }
}
