@testable import Postgres
import TestSupport
import Testing

@Suite struct CancellationTests {
  private let sleep = Select("SELECT 1 FROM pg_sleep(600)", as: Int.self)
  private let running = Select(
    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND state = 'active' "
      + "AND datname = current_database() AND pid <> pg_backend_pid()", as: Int.self)

  /// Waits until as many sleepers run as expected.
  private func wait(until count: Int, _ pool: PostgresPool) async throws {
    while try await pool.execute(running) != [count] {}
  }

  @Test(.timeLimit(.minutes(1))) func aCancelledTaskFreesItsConnection() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool { observer in
      try await database.withPool(configure: { $0.maximumConnections = 1 }) { pool in
        let error = await withTaskGroup(of: PostgresError?.self) { group in
          group.addTask {
            do throws(PostgresError) {
              _ = try await pool.execute(sleep)
              return nil
            } catch {
              return error
            }
          }
          try? await wait(until: 1, observer)
          group.cancelAll()
          return await group.next() ?? nil
        }
        #expect(error?.code == .cancelled)
        try await expect([7], from: Select("SELECT 7", as: Int.self), on: pool)
        try await wait(until: 0, observer)
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func aDeadlineFreesTheConnectionAndItsNeighboursRun() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool(configure: { $0.maximumConnections = 1 }) { pool in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          let error = await #expect(throws: PostgresError.self) {
            try await pool.execute(sleep, deadline: .now + .milliseconds(200))
          }
          #expect(error?.code == .deadlineExceeded)
        }
        for number in 0..<50 {
          group.addTask {
            let rows = try await pool.execute(Read(number))
            #expect(rows == [number])
            let written = try await pool.execute(Select("SELECT \(number)", as: Int.self))
            #expect(written == [number])
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func theTaskLocalDeadlineCounts() async throws {
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      let error = await #expect(throws: PostgresError.self) {
        try await PostgresDeadline.$current.withValue(.now + .milliseconds(50)) { try await pool.execute(sleep) }
      }
      #expect(error?.code == .deadlineExceeded)
      let passed = await #expect(throws: PostgresError.self) {
        try await pool.execute(Read(1), deadline: .now - .seconds(1))
      }
      #expect(passed?.code == .deadlineExceeded)
    }
  }

  @Test(.timeLimit(.minutes(1))) func aTransactionThatIsCancelledIsUndone() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool { pool in
      try await pool.execute(Command("CREATE TABLE t (a text)"))
      let error = await #expect(throws: PostgresError.self) {
        try await pool.withTransaction(deadline: .now + .milliseconds(200)) { transaction in
          try await transaction.execute(Command("INSERT INTO t VALUES ($1)", "gone"))
          _ = try await transaction.execute(sleep)
        }
      }
      // Whichever was first: the server's statement_timeout or our own clock.
      #expect(error?.code == .deadlineExceeded || error?.sqlState == .queryCancelled)
      try await expect([], from: Select("SELECT a FROM t", as: String.self), on: pool)
      for number in 0..<20 { try await expect([number], from: Read(number), on: pool) }
    }
  }

  @Test(.timeLimit(.minutes(1))) func aStorm() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool(configure: { $0.maximumConnections = 3 }) { pool in
      try await pool.execute(Command("CREATE TABLE t (a text)"))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<300 {
          group.addTask {
            switch number % 3 {
            case 0:
              // Cut off somewhere, before or after it was sent.
              let deadline = ContinuousClock.now + .microseconds(50 * number)
              _ = try? await pool.execute(Select("SELECT 1 FROM pg_sleep(0.02)", as: Int.self), deadline: deadline)
            case 1:
              let rows = try await pool.execute(Read(number))
              #expect(rows == [number])
            default:
              try await pool.withTransaction { transaction in
                try await transaction.execute(Command("INSERT INTO t VALUES ($1)", "\(number)"))
              }
            }
          }
        }
        try await group.waitForAll()
      }
      try await expect([100], from: Select("SELECT count(*) FROM t", as: Int.self), on: pool)
    }
  }
}
