/// Where a bulk load goes to.
package struct CopyTarget: Sendable {
  let sql: String

  /// - Parameters:
  ///   - table: its name; `schema` only when it is not on the search path.
  ///   - columns: in the order in which the rows give their values.
  package init(_ table: String, schema: String? = nil, columns: [String]) {
    let name = [schema, table].compactMap { $0?.quotedIdentifier }.joined(separator: ".")
    let list = columns.map(\.quotedIdentifier).joined(separator: ", ")
    sql = "COPY \(name) (\(list)) FROM STDIN (FORMAT binary)"
  }
}

extension PostgresTransaction {
  /// Loads rows in bulk as a part of the transaction: `body` writes them. No other statement of the transaction may run
  /// meanwhile. When `body` throws, nothing is loaded and the transaction has failed.
  ///
  /// - Returns: the number of rows loaded.
  @discardableResult
  package func copy(into target: CopyTarget, _ body: (PostgresCopyWriter) async throws -> Void) async throws -> Int {
    try requireActive()
    // Begins the transaction, which only pipelined statements do.
    _ = try await perform([], deadline: nil)
    return try await connection.copyIn(target, body)
  }
}

extension PostgresPool {
  /// Loads rows in bulk: all that `body` writes, or none when it throws.
  ///
  /// - Parameter deadline: when to give up waiting for a connection.
  /// - Returns: the number of rows loaded.
  @discardableResult
  package func copy(
    into target: CopyTarget,
    deadline: ContinuousClock.Instant? = nil,
    _ body: (PostgresCopyWriter) async throws -> Void
  ) async throws -> Int {
    let connection = try await acquire(.exclusive, deadline: PostgresDeadline.effective(deadline))
    defer { release(connection, .exclusive) }
    return try await connection.copyIn(target, body)
  }
}

extension PostgresConnection {
  nonisolated fileprivate func copyIn(
    _ target: CopyTarget,
    _ body: (PostgresCopyWriter) async throws -> Void
  ) async throws -> Int {
    _ = try await submitUncancellable(.copyIn(target.sql))
    let writer = PostgresCopyWriter(self)
    do {
      try await body(writer)
      return try await writer.finish()
    } catch {
      await writer.abort()
      throw error
    }
  }
}
