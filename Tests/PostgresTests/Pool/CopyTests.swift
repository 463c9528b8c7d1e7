import Postgres
import TestSupport
import Testing

@Suite struct CopyTests {
  private struct Stop: Error {}

  private let target = CopyTarget("load", columns: ["id", "body", "tags"])
  private let count = Select("SELECT count(*) FROM load", as: Int.self)

  private func withTable(_ body: (PostgresPool) async throws -> Void) async throws {
    try await TestPostgres.shared().makeDatabase().withPool(configure: { $0.maximumConnections = 2 }) { pool in
      try await pool.execute(Command("CREATE TABLE load (id bigint PRIMARY KEY, body text, tags text[])"))
      try await body(pool)
      // Whatever happened, the connections work.
      for number in 0..<10 { try await expect([number], from: Read(number), on: pool) }
    }
  }

  @Test(.timeLimit(.minutes(1))) func manyRowsAreLoaded() async throws {
    try await withTable { pool in
      let filler = String(repeating: "é", count: 500)
      let loaded = try await pool.copy(into: target) { writer in
        for id in 0..<20_000 {
          try await writer.write {
            $0.append(id)
            $0.append(id.isMultiple(of: 2) ? filler : nil)
            $0.append(["a", "\(id)"])
          }
        }
      }
      #expect(loaded == 20_000)
      let (rows, nulls) = try await pool.execute(
        count, Select("SELECT count(*) FROM load WHERE body IS NULL AND tags[2] = id::text", as: Int.self))
      #expect(rows == [20_000])
      #expect(nulls == [10_000])
    }
  }

  @Test func noRowsAreARowCountOfZero() async throws {
    try await withTable { pool in
      let loaded = try await pool.copy(into: target) { _ in }
      #expect(loaded == 0)
    }
  }

  @Test func anAbortedLoadLeavesNothing() async throws {
    try await withTable { pool in
      await #expect(throws: Stop.self) {
        try await pool.copy(into: target) { writer in
          for id in 0..<5000 {
            try await writer.write {
              $0.append(id)
              $0.append("row")
              $0.append([String]())
            }
          }
          throw Stop()
        }
      }
      try await expect([0], from: count, on: pool)
    }
  }

  @Test func theServersRefusalIsTheError() async throws {
    try await withTable { pool in
      let error = await #expect(throws: PostgresError.self) {
        try await pool.copy(into: target) { writer in
          for id in [1, 1] {
            try await writer.write {
              $0.append(id)
              $0.append("secret")
              $0.append([String]())
            }
          }
        }
      }
      #expect(error?.sqlState == .uniqueViolation)
      #expect(error?.constraint == "load_pkey")
      let missing = await #expect(throws: PostgresError.self) {
        try await pool.copy(into: CopyTarget("no\"where", columns: ["id"])) { _ in }
      }
      #expect(missing?.sqlState == .undefinedTable)
      let nul = await #expect(throws: PostgresError.self) {
        try await pool.copy(into: target) { writer in
          try await writer.write { $0.append("a\0") }
        }
      }
      #expect(nul?.code == .invalidParameter(position: 1, .nulByteInText))
      try await expect([0], from: count, on: pool)
    }
  }

  @Test func aLoadMayBePartOfATransaction() async throws {
    try await withTable { pool in
      await #expect(throws: Stop.self) {
        try await pool.withTransaction { transaction in
          let loaded = try await transaction.copy(into: target) { writer in
            try await writer.write {
              $0.append(1)
              $0.append("x")
              $0.append([String]())
            }
          }
          #expect(loaded == 1)
          let inside = try await transaction.execute(count)
          #expect(inside == [1])
          throw Stop()
        }
      }
      try await expect([0], from: count, on: pool)
    }
  }
}
