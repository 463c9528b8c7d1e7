import Postgres
import TestSupport
import Testing

@Suite struct PoolTests {
  @Test func statementsRunAndDecode() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool { pool in
      try await expect([42], from: Select("SELECT 42", as: Int.self), on: pool)
      try await expect(["Grüße, 世界"], from: Echo(value: "Grüße, 世界"), on: pool)
      try await pool.execute(Command("CREATE TABLE notes (body text)"))
      let inserted = try await pool.execute(Command("INSERT INTO notes VALUES ($1), ($1)", "a"))
      #expect(inserted == 2)
      try await expect(["a", "a"], from: Select("SELECT body FROM notes", as: String.self), on: pool)
    }
  }

  @Test func severalStatementsAreOneTransaction() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool { pool in
      try await pool.execute(Command("CREATE TABLE notes (body text UNIQUE)"))
      let (setting, count) = try await pool.execute(
        Select("SELECT set_config('vigil.state', 'XA', true)", as: String.self),
        Select("SELECT current_setting('vigil.state')", as: String.self))
      #expect(setting == ["XA"])
      #expect(count == ["XA"])
      await #expect(throws: PostgresError.self) {
        try await pool.execute(
          Select("SELECT set_config('vigil.state', 'XB', true)", as: String.self),
          Command("INSERT INTO notes VALUES ($1)", "kept?"),
          Select("SELECT 1 / (SELECT 0)", as: Int.self))
      }
      let (left, rows) = try await pool.execute(
        Select("SELECT coalesce(current_setting('vigil.state', true), '')", as: String.self),
        Select("SELECT body FROM notes", as: String.self))
      #expect(left == [""])
      #expect(rows == [])
    }
  }

  /// The guard of row-level security: what is set for one call is seen by that call only, on a connection that all share.
  @Test func settingsReachTheirOwnCallOnly() async throws {
    try await TestPostgres.shared().makeDatabase().withPool(configure: { $0.maximumConnections = 1 }) { pool in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<300 {
          group.addTask {
            let current = "SELECT coalesce(nullif(current_setting('vigil.state', true), '')::bigint, -1)"
            if number % 3 == 0 {
              let (_, seen) = try await pool.execute(
                Select("SELECT set_config('vigil.state', '\(number)', true)", as: String.self),
                Select(current, as: Int.self))
              #expect(seen == [number])
            } else if number % 3 == 1 {
              try await expect([-1], from: Read(0, sql: current + " + $1"), on: pool)
            } else {
              _ = try? await pool.execute(
                Select("SELECT set_config('vigil.state', '\(number)', true)", as: String.self),
                Read(number, sql: "SELECT $1 / 0"))
            }
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func readsOfOneCallStayTogether() async throws {
    try await TestPostgres.shared().makeDatabase().withPool(configure: { $0.maximumConnections = 1 }) { pool in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<200 {
          group.addTask {
            let (a, b) = try await pool.execute(Read(number), Read(-number, sql: "SELECT $1 * 2"))
            #expect(a == [number] && b == [-2 * number])
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func aFailureIsNobodyElses() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool(configure: { $0.maximumConnections = 1 }) { pool in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<200 {
          group.addTask {
            if number % 3 == 0 {
              let error = await #expect(throws: PostgresError.self) {
                try await pool.execute(Read(number, sql: "SELECT 1 / ($1::bigint - $1::bigint)"))
              }
              #expect(error?.sqlState == "22012")
            } else {
              let rows = try await pool.execute(Read(number))
              #expect(rows == [number])
            }
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func transactionsCommitAndRollBack() async throws {
    struct Refusal: Error {}
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool { pool in
      try await pool.execute(Command("CREATE TABLE notes (body text)"))
      try await pool.withTransaction { transaction in
        try await transaction.execute(Command("INSERT INTO notes VALUES ($1)", "kept"))
      }
      await #expect(throws: Refusal.self) {
        try await pool.withTransaction { transaction in
          try await transaction.execute(Command("INSERT INTO notes VALUES ($1)", "gone"))
          throw Refusal()
        }
      }
      try await expect(["kept"], from: Select("SELECT body FROM notes", as: String.self), on: pool)
    }
  }
}
