import Postgres
import Synchronization
import TestSupport
import Testing

@Suite struct TransactionTests {
  private let notes = Select("SELECT body FROM notes ORDER BY body", as: String.self)

  private func withNotes(_ body: (PostgresPool) async throws -> Void) async throws {
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      try await pool.execute(Command("CREATE TABLE notes (body text UNIQUE)"))
      try await body(pool)
    }
  }

  @Test(.timeLimit(.minutes(1))) func serializationConflictsAreRunAgain() async throws {
    try await withNotes { pool in
      try await pool.execute(Command("CREATE TABLE counter (value bigint)"))
      try await pool.execute(Command("INSERT INTO counter VALUES (0)"))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<6 {
          group.addTask {
            for _ in 0..<5 {
              try await pool.withTransaction(isolation: .serializable) { transaction in
                let value = try await transaction.execute(Select("SELECT value FROM counter", as: Int.self))[0]
                try await transaction.execute(Command("UPDATE counter SET value = \(value + 1)"))
              }
            }
          }
        }
        try await group.waitForAll()
      }
      try await expect([30], from: Select("SELECT value FROM counter", as: Int.self), on: pool)
    }
  }

  /// Two transactions that both have read before either writes: one of them must be run again.
  @Test(.timeLimit(.minutes(1))) func aCertainConflictIsRunAgain() async throws {
    try await withNotes { pool in
      try await pool.execute(Command("INSERT INTO notes VALUES ('a')"))
      let attempts = Atomic<Int>(0)
      try await pool.withTransaction(isolation: .repeatableRead) { transaction in
        let number = attempts.add(1, ordering: .relaxed).newValue
        _ = try await transaction.execute(notes)
        if number == 1 { try await pool.execute(Command("UPDATE notes SET body = 'b'")) }
        try await transaction.execute(Command("UPDATE notes SET body = body || 'c'"))
      }
      #expect(attempts.load(ordering: .relaxed) == 2)
      try await expect(["bc"], from: notes, on: pool)
    }
  }

  /// The body may hide the error in one of its own; the pool has seen it.
  @Test(.timeLimit(.minutes(1))) func aWrappedConflictIsRunAgain() async throws {
    struct Wrapped: Error {}
    try await withNotes { pool in
      try await pool.execute(Command("INSERT INTO notes VALUES ('a')"))
      let attempts = Atomic<Int>(0)
      try await pool.withTransaction(isolation: .repeatableRead) { transaction in
        let number = attempts.add(1, ordering: .relaxed).newValue
        _ = try await transaction.execute(notes)
        if number == 1 { try await pool.execute(Command("UPDATE notes SET body = 'b'")) }
        do { try await transaction.execute(Command("UPDATE notes SET body = 'c'")) } catch { throw Wrapped() }
      }
      #expect(attempts.load(ordering: .relaxed) == 2)
    }
  }

  @Test(.timeLimit(.minutes(1))) func deadlocksAreRunAgain() async throws {
    try await withNotes { pool in
      try await pool.execute(Command("INSERT INTO notes VALUES ('a'), ('b')"))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for order in [["a", "b"], ["b", "a"]] {
          group.addTask {
            try await pool.withTransaction { transaction in
              try await transaction.execute(Command("SET LOCAL deadlock_timeout = '10ms'"))
              for body in order {
                try await transaction.execute(Command("UPDATE notes SET body = body WHERE body = $1", body))
                try await transaction.execute(Command("SELECT pg_sleep(0.05)"))
              }
            }
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func otherFailuresAreNotRunAgain() async throws {
    try await withNotes { pool in
      let attempts = Atomic<Int>(0)
      let error = await #expect(throws: PostgresError.self) {
        try await pool.withTransaction { transaction in
          attempts.add(1, ordering: .relaxed)
          try await transaction.execute(Command("INSERT INTO notes VALUES ($1)", "a"))
          try await transaction.execute(Command("INSERT INTO notes VALUES ($1)", "a"))
        }
      }
      #expect(error?.sqlState == .uniqueViolation)
      #expect(attempts.load(ordering: .relaxed) == 1)
      try await expect([], from: notes, on: pool)
    }
  }

  @Test func aSwallowedFailureDoesNotLookLikeACommit() async throws {
    try await withNotes { pool in
      let error = await #expect(throws: PostgresError.self) {
        try await pool.withTransaction { transaction in
          try await transaction.execute(Command("INSERT INTO notes VALUES ($1)", "a"))
          _ = try? await transaction.execute(Command("INSERT INTO nowhere VALUES ($1)", "a"))
        }
      }
      #expect(error?.sqlState == .inFailedTransaction)
      try await expect([], from: notes, on: pool)
    }
  }

  @Test func isolationAndAccessAreTheServers() async throws {
    try await withNotes { pool in
      let level = Select("SHOW transaction_isolation", as: String.self)
      for (isolation, name) in [
        (IsolationLevel.readCommitted, "read committed"), (.repeatableRead, "repeatable read"),
        (.serializable, "serializable"),
      ] {
        let seen = try await pool.withTransaction(isolation: isolation) { try await $0.execute(level) }
        #expect(seen == [name])
      }
      let error = await #expect(throws: PostgresError.self) {
        try await pool.withTransaction(readOnly: true) { try await $0.execute(Command("DELETE FROM notes")) }
      }
      #expect(error?.sqlState == .readOnlyTransaction)
    }
  }

  @Test func aTransactionEndsWithItsBody() async throws {
    try await withNotes { pool in
      let escaped = try await pool.withTransaction { $0 }
      let error = await #expect(throws: PostgresError.self) { try await escaped.execute(notes) }
      #expect(error?.code == .transactionEnded)
    }
  }

  @Test func concurrentStatementsArePipelined() async throws {
    try await withNotes { pool in
      try await pool.withTransaction { transaction in
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 0..<50 {
            group.addTask { try await transaction.execute(Command("INSERT INTO notes VALUES ($1)", "\(number)")) }
          }
          try await group.waitForAll()
        }
      }
      #expect(try await pool.execute(notes).count == 50)
    }
  }

  @Test func settingsEndWithTheTransaction() async throws {
    try await TestPostgres.shared().makeDatabase().withPool(configure: { $0.maximumConnections = 1 }) { pool in
      let timeout = Select("SHOW statement_timeout", as: String.self)
      let inside = try await pool.withTransaction(deadline: .now + .seconds(20)) { try await $0.execute(timeout) }
      #expect(inside != ["1min"])
      try await expect(["1min"], from: timeout, on: pool)
    }
  }

  // A process that hangs in a transaction would keep the others from what it has locked.
  @Test func aTransactionThatPausesTooLongIsEnded() async throws {
    try await TestPostgres.shared().makeDatabase().withPool(configure: { $0.transactionPause = .milliseconds(50) }) {
      pool in
      _ = await #expect(throws: PostgresError.self) {
        try await pool.withTransaction { transaction in
          let process = try await transaction.execute(Select("SELECT pg_backend_pid()", as: Int32.self))[0]
          let others = Select("SELECT count(*) FROM pg_stat_activity WHERE pid = \(process)", as: Int64.self)
          while try await pool.execute(others) != [0] {}
          _ = try await transaction.execute(Select("SELECT 1", as: Int32.self))
        }
      }
    }
  }
}
