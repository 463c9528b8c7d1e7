import Audit
import AuditOutbox
import Postgres
import Synchronization
import TestSupport
import Testing
import VigilAccessAPI

@testable import AccessControlServer

@Suite("From the outbox of a service to the log", .serialized)
struct AuditRelayTests {
  /// The resources of the entries of the cases service, in the log's order, and their places.
  private static func logged(_ harness: AccessHarness) async throws -> [(sequence: Int64, resource: String)] {
    try await harness.pool.execute(SelectLogged()).map { bytes in
      let leaf = try AuditLeaf(encoded: bytes)
      return (Int64(leaf.serviceSequence), leaf.record.resource)
    }
  }

  private static func expectAll(_ count: Int, _ harness: AccessHarness) async throws {
    let logged = try await logged(harness)
    #expect(logged.map(\.sequence) == (0..<Int64(count)).map(\.self))
    #expect(Set(logged.map(\.resource)).count == count)
  }

  private static func waiting(_ pool: PostgresPool) async throws -> Int64 {
    try await pool.execute(CountRows(table: "audit_records"))[0]
  }

  /// Relays all that there is. (A transaction elsewhere in the cluster may hold the end of it back for a while.)
  private static func drain(_ pool: PostgresPool, _ relay: AuditRelay) async throws -> Int {
    var count = 0
    while try await waiting(pool) > 0 { count += try await relay.relay() }
    return count
  }

  /// Stands between the relay and the log, and fails once the log has taken what it was given.
  private final class LostAnswers: AuditCollector {
    struct Lost: Error {}
    private let log: any AuditCollector
    private let toLose: Atomic<Int>

    init(_ log: any AuditCollector, _ count: Int) {
      self.log = log
      toLose = Atomic(count)
    }

    func collect(_ records: [[UInt8]], from first: UInt64) async throws -> UInt64 {
      let next = try await log.collect(records, from: first)
      if toLose.wrappingSubtract(1, ordering: .relaxed).oldValue > 0 { throw Lost() }
      return next
    }
  }

  @Test("a relay that stops between sending and the acknowledgement leaves no gap and no double")
  func lostAnswer() async throws {
    try await AccessHarness.run { harness in
      try await harness.withOutbox { pool in
        try await AssumedCaller.$uri.withValue(AccessHarness.casesURI) {
          let log = LostAnswers(RemoteAuditLog(harness.collector), 3)
          let relay = harness.relay(pool, through: log)
          for batch in 0..<3 {
            try await pool.execute(InsertAuditRecords(reads(batch * 10..<batch * 10 + 10)))
            await #expect(throws: LostAnswers.Lost.self) { try await Self.drain(pool, relay) }
            #expect(try await Self.waiting(pool) == Int64(batch + 1) * 10)
          }
          try await pool.execute(InsertAuditRecords(reads(30..<35)))
          #expect(try await Self.drain(pool, relay) == 35)
          #expect(try await relay.relay() == 0)
        }
      }
      try await Self.expectAll(35, harness)
    }
  }

  @Test("a transaction that commits late is waited for, and keeps its place")
  func lateCommit() async throws {
    try await AccessHarness.run { harness in
      try await harness.withOutbox { pool in
        try await AssumedCaller.$uri.withValue(AccessHarness.casesURI) {
          let relay = harness.relay(pool)
          try await pool.withTransaction { transaction in
            try await transaction.execute(InsertAuditRecords(reads(0..<1)))
            try await pool.execute(InsertAuditRecords(reads(1..<2)))
            // What is committed may come after what is not yet.
            #expect(try await relay.relay() == 0)
          }
          #expect(try await Self.drain(pool, relay) == 2)
        }
      }
      let logged = try await Self.logged(harness)
      #expect(logged.map(\.resource) == ["cases/0", "cases/1"] && logged.map(\.sequence) == [0, 1])
    }
  }

  @Test("a transaction that is undone leaves nothing, and no gap")
  func undone() async throws {
    struct Undone: Error {}
    try await AccessHarness.run { harness in
      try await harness.withOutbox { pool in
        try await AssumedCaller.$uri.withValue(AccessHarness.casesURI) {
          for number in 0..<6 {
            do {
              try await pool.withTransaction { transaction in
                try await transaction.execute(InsertAuditRecords(reads(number..<number + 1)))
                if number % 2 == 1 { throw Undone() }
              }
            } catch is Undone {}
          }
          #expect(try await Self.drain(pool, harness.relay(pool)) == 3)
        }
      }
      let logged = try await Self.logged(harness)
      #expect(logged.map(\.resource) == ["cases/0", "cases/2", "cases/4"] && logged.map(\.sequence) == [0, 1, 2])
    }
  }

  @Test("writers and relays of several instances at once: every record once")
  func instances() async throws {
    try await AccessHarness.run { harness in
      try await harness.withOutbox { pool in
        try await AssumedCaller.$uri.withValue(AccessHarness.casesURI) {
          try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
              group.addTask {
                for batch in 0..<25 {
                  let first = writer * 100 + batch * 4
                  try await pool.execute(InsertAuditRecords(reads(first..<first + 4)))
                }
              }
            }
            for _ in 0..<3 {
              group.addTask {
                let relay = harness.relay(pool)
                while try await Self.logged(harness).count < 800 { _ = try await relay.relay() }
              }
            }
            try await group.waitForAll()
          }
        }
      }
      try await Self.expectAll(800, harness)
    }
  }

  @Test("a log that was put back is told, and nothing is dropped")
  func logPutBack() async throws {
    try await AccessHarness.run { harness in
      try await harness.withOutbox { pool in
        try await AssumedCaller.$uri.withValue(AccessHarness.casesURI) {
          try await pool.execute(InsertAuditRecords(reads(0..<5)))
          #expect(try await Self.drain(pool, harness.relay(pool)) == 5)
          try await harness.database.run("UPDATE access.audit_sources SET count = 3 WHERE service = 'cases'")
          try await pool.execute(InsertAuditRecords(reads(5..<6)))
          await #expect(throws: (any Error).self) { try await Self.drain(pool, harness.relay(pool)) }
          #expect(try await Self.waiting(pool) == 1)
        }
      }
    }
  }

  @Test("the outbox gives up nothing that the log has not taken")
  func kept() async throws {
    try await AccessHarness.run { harness in
      try await harness.withOutbox { pool in
        try await pool.execute(InsertAuditRecords(reads(0..<2)))
        for sql in ["DELETE FROM audit_records", "UPDATE audit_records SET record = ''", "TRUNCATE audit_records"] {
          await #expect(throws: PostgresError.self) { try await pool.execute(Statement(sql: sql)) }
        }
        #expect(try await Self.waiting(pool) == 2)
      }
    }
  }

  @Test("a read is durable when the trail returns, many together")
  func trail() async throws {
    try await AccessHarness.run { harness in
      try await harness.withOutbox { pool in
        let trail = AuditTrail(pool: pool)
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await trail.run() }
          try await withThrowingTaskGroup(of: Void.self) { callers in
            for number in 0..<300 {
              callers.addTask {
                try await trail.record(reads(number..<number + 1)[0])
                let found = try await pool.execute(
                  CountRows(table: "audit_records WHERE position('cases/\(number)'::bytea in record) > 0"))
                #expect(found[0] > 0)
              }
            }
            try await callers.waitForAll()
          }
          group.cancelAll()
        }
        #expect(try await Self.waiting(pool) == 300)
        // Nothing can be shown any more, since nothing can be recorded.
        await #expect(throws: (any Error).self) { try await trail.record(reads(0..<1)[0]) }
      }
    }
  }

  @Test("what cannot be recorded is told to whoever waits")
  func trailFails() async throws {
    try await AccessHarness.run { harness in
      try await harness.withOutbox { pool in
        try await pool.execute(Statement(sql: "ALTER TABLE audit_records RENAME TO elsewhere"))
        let trail = AuditTrail(pool: pool)
        await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await trail.run() }
          await #expect(throws: PostgresError.self) { try await trail.record(reads(0..<1)[0]) }
          group.cancelAll()
        }
      }
    }
  }
}

/// The entries of the cases service.
private struct SelectLogged: PostgresStatement {
  static let isReadOnly = true
  var sql: String { "SELECT leaf FROM audit_entries WHERE service = 'cases' ORDER BY index" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [UInt8] { try row.decode() }
}
