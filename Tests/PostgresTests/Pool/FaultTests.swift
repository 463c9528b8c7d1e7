import Postgres
import TestSupport
import Testing

/// Servers that crash, restart and run out.
@Suite struct FaultTests {
  private let sleep = Select("SELECT 1 FROM pg_sleep(600)", as: Int.self)

  @Test(.timeLimit(.minutes(2))) func aRestartedServerIsFoundAgain() async throws {
    let cluster = try await TestPostgres.start()
    let database = try await cluster.makeDatabase()
    try await database.withPool(configure: { $0.minimumConnections = 4 }) { pool in
      try await pool.execute(Command("CREATE TABLE t (a text)"))
      // The test clusters do not write through.
      try await pool.execute(Command("CHECKPOINT"))
      try cluster.stop()
      let error = await #expect(throws: PostgresError.self) {
        try await pool.execute(Read(1), deadline: .now + .milliseconds(300))
      }
      guard case .connectionFailed = error?.code else { return #expect(error?.code == .connectionLost) }
      try cluster.startAgain()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<100 {
          group.addTask {
            let rows = try await pool.execute(Read(number))
            #expect(rows == [number])
          }
        }
        try await group.waitForAll()
      }
      try await pool.withTransaction { try await $0.execute(Command("INSERT INTO t VALUES ('a')")) }
    }
  }

  @Test(.timeLimit(.minutes(2))) func aKilledBackendTakesNobodyAlong() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool { observer in
      try await database.withPool(configure: { $0.maximumConnections = 2 }) { pool in
        await withTaskGroup(of: PostgresError.Code?.self) { group in
          group.addTask {
            do throws(PostgresError) {
              _ = try await pool.execute(sleep)
              return nil
            } catch {
              return error.code
            }
          }
          let kill = Select(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() "
              + "AND pid <> pg_backend_pid() AND query LIKE '%pg_sleep(600)%' AND state = 'active'", as: Int.self)
          while (try? await observer.execute(kill)) == [0] {}
          for await code in group {
            #expect(code == .connectionLost)
          }
        }
        for number in 0..<20 { try await expect([number], from: Read(number), on: pool) }
      }
    }
  }

  /// The server restarts itself when a backend is killed hard.
  @Test(.timeLimit(.minutes(2))) func aBackendKilledHardIsSurvived() async throws {
    let cluster = try await TestPostgres.start()
    try await cluster.makeDatabase().withPool { pool in
      let backend = try await pool.execute(Select("SELECT pg_backend_pid()", as: Int32.self))[0]
      try cluster.killHard(process: backend)
      var rows: [Int] = []
      while rows.isEmpty { rows = (try? await pool.execute(Read(5))) ?? [] }
      #expect(rows == [5])
    }
  }

  /// As when the connection breaks between two commands of one batch.
  @Test(.timeLimit(.minutes(1))) func whoseCommandCannotBeSentIsAnswered() async throws {
    struct ManyParameters: PostgresStatement {
      var sql: String { "SELECT 1" }
      // libpq takes 65,535.
      func bind(_ parameters: inout PostgresParameters) { for number in 0..<65_536 { parameters.append(number) } }
      static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int { try row.decode() }
    }
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool { pool in
      let error = await #expect(throws: PostgresError.self) { try await pool.execute(ManyParameters()) }
      #expect(error?.code == .protocolViolation(reason: "libpq refused a command"))
      try await expect([1], from: Read(1), on: pool)
    }
  }

  @Test(.timeLimit(.minutes(1))) func aTransactionWhoseConnectionBreaksBeforeItsCommitRunsAgain() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool { pool in
      try await pool.execute(Command("CREATE TABLE t (a text)"))
      var attempts = 0
      try await pool.withTransaction { transaction in
        attempts += 1
        try await transaction.execute(Command("INSERT INTO t VALUES ('a')"))
        let backend = try await transaction.execute(Select("SELECT pg_backend_pid()", as: Int32.self))[0]
        if attempts == 1 { try await pool.execute(Command("SELECT pg_terminate_backend(\(backend))")) }
        _ = try await transaction.execute(Select("SELECT 1", as: Int.self))
      }
      #expect(attempts == 2)
      try await expect(["a"], from: Select("SELECT a FROM t", as: String.self), on: pool)
    }
  }

  @Test(.timeLimit(.minutes(1))) func aReadWhoseConnectionBreaksRunsAgain() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool { pool in
      // Ends its own connection the first time.
      let ending = """
        SELECT CASE WHEN nextval('attempts') = 1 THEN pg_terminate_backend(pg_backend_pid())::int ELSE 7 END + $1::int * 0
        """
      try await pool.execute(Command("CREATE SEQUENCE attempts"))
      try await expect([7], from: Read(0, sql: ending), on: pool)
    }
  }

  @Test(.timeLimit(.minutes(1))) func whoWaitsForAConnectionGivesUpAtTheDeadline() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool(
      configure: {
        $0.maximumConnections = 1
        $0.maximumWaiters = 1
      }
    ) { pool in
      try await pool.withTransaction { transaction in
        _ = try await transaction.execute(Select("SELECT 1", as: Int.self))
        let late = await #expect(throws: PostgresError.self) {
          try await pool.execute(Read(1), deadline: .now + .milliseconds(50))
        }
        #expect(late?.code == .deadlineExceeded)
        await withTaskGroup(of: PostgresError.Code?.self) { group in
          for _ in 0..<2 {
            group.addTask {
              do throws(PostgresError) {
                _ = try await pool.execute(Read(1))
                return nil
              } catch {
                return error.code
              }
            }
          }
          // One of the two finds the only place taken; the other waits until it is cancelled.
          #expect(await group.next() == .tooManyWaiters)
          group.cancelAll()
          #expect(await group.next() == .cancelled)
        }
      }
      try await expect([3], from: Read(3), on: pool)
    }
  }

  @Test func aPoolThatHasEndedSaysSo() async throws {
    let pool = try await TestPostgres.shared().makeDatabase().withPool { pool in
      _ = try await pool.execute(Read(1))
      return pool
    }
    var code: PostgresError.Code?
    // The pool ends with the scope; its last statements may still be drained.
    while code == nil {
      do throws(PostgresError) { _ = try await pool.execute(Read(1)) } catch { code = error.code }
    }
    #expect(code == .notRunning)
  }

  @Test(.timeLimit(.minutes(1))) func anUnreachableServerIsNamedWhenTheWaitIsOver() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let error = await #expect(throws: PostgresError.self) {
      try await database.withPool(
        role: "nobody_has_this_role",
        configure: { $0.connectionWait = .seconds(3) }
      ) { pool in
        _ = try await pool.execute(Read(1))
      }
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains("role \"nobody_has_this_role\" does not exist"))
  }
}
