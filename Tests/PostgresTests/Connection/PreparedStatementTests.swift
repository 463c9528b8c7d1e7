@testable import Postgres
import TestSupport
import Testing

@Suite struct PreparedStatementTests {
  private let prepared = Select("SELECT count(*) FROM pg_prepared_statements", as: Int.self)

  private func pool<Result: Sendable>(
    capacity: Int = 256,
    _ body: (PostgresPool) async throws -> Result
  ) async throws -> Result {
    let database = try await TestPostgres.shared().makeDatabase()
    return try await database.withPool(
      configure: {
        $0.maximumConnections = 1
        $0.preparedStatements = capacity
      }, body)
  }

  @Test func theCacheIsBoundedOnTheServerToo() async throws {
    try await pool(capacity: 3) { pool in
      for _ in 0..<2 {
        for number in 0..<10 {
          try await expect([number], from: Select("SELECT \(number)", as: Int.self), on: pool)
        }
      }
      // The three of the cache, and one whose deallocation may still be on its way.
      let names = try await pool.execute(
        Select("SELECT name || statement FROM pg_prepared_statements", as: String.self))
      #expect(names.count <= 4)
    }
  }

  @Test func aChangedTableIsPreparedAnew() async throws {
    try await pool { pool in
      try await pool.execute(Command("CREATE TABLE t (a bigint)"))
      try await pool.execute(Command("INSERT INTO t VALUES (1)"))
      let all = Select("SELECT * FROM t", as: Int.self)
      try await expect([1], from: all, on: pool)
      try await pool.execute(Command("ALTER TABLE t ALTER a TYPE int"))
      try await expect([1], from: all, on: pool)
      try await pool.execute(Command("ALTER TABLE t ADD b text"))
      try await pool.withTransaction { transaction in
        try await expect([1], from: all, on: transaction)
      }
    }
  }

  @Test func statementsThatTheServerForgotArePreparedAnew() async throws {
    try await pool { pool in
      let one = Select("SELECT 1", as: Int.self)
      try await expect([1], from: one, on: pool)
      try await pool.execute(Command("DEALLOCATE ALL"))
      try await expect([1], from: one, on: pool)
      try await pool.execute(Command("DISCARD ALL"))
      try await pool.withTransaction { transaction in
        try await expect([1], from: one, on: transaction)
      }
    }
  }

  @Test func whatFailedToPrepareMaySucceedLater() async throws {
    try await pool { pool in
      let count = Select("SELECT count(*) FROM later", as: Int.self)
      for _ in 0..<2 {
        let error = await #expect(throws: PostgresError.self) { try await pool.execute(count) }
        #expect(error?.sqlState == .undefinedTable)
      }
      try await pool.execute(Command("CREATE TABLE later ()"))
      try await expect([0], from: count, on: pool)
    }
  }

  @Test func theSameTextMayTakeOtherTypes() async throws {
    try await pool { pool in
      try await expect([1], from: Echo(value: 1), on: pool)
      try await expect(["one"], from: Echo(value: "one"), on: pool)
      try await expect([2], from: Echo(value: 2), on: pool)
    }
  }

  @Test func neighboursOfAFailureThatWerePreparedInVainStillRun() async throws {
    try await pool { pool in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<60 {
          group.addTask {
            // Each text is new, so each is prepared in the batch that the failing ones abort.
            let sql = number % 4 == 0 ? "SELECT $1 / 0 + \(number)" : "SELECT $1 + \(number)"
            let rows = try? await pool.execute(Read(1, sql: sql))
            #expect(rows == (number % 4 == 0 ? nil : [1 + number]))
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func aCommitThatFailsIsAFailure() async throws {
    try await pool { pool in
      try await pool.execute(
        Command("CREATE TABLE t (a text UNIQUE DEFERRABLE INITIALLY DEFERRED)"))
      try await pool.execute(Command("INSERT INTO t VALUES ($1)", "x"))
      let error = await #expect(throws: PostgresError.self) {
        try await pool.execute(Command("INSERT INTO t VALUES ($1)", "x"))
      }
      #expect(error?.sqlState == .uniqueViolation)
      try await expect(["x"], from: Select("SELECT a FROM t", as: String.self), on: pool)
      await #expect(throws: PostgresError.self) {
        try await pool.withTransaction { transaction in
          try await transaction.execute(Command("INSERT INTO t VALUES ($1)", "x"))
        }
      }
      try await expect(["x"], from: Select("SELECT a FROM t", as: String.self), on: pool)
    }
  }
}
