import AccessControlServer
import Audit
import AuditOutbox
import Logging
import MerkleTree
import Postgres
import Records

/// The log of access control under load, one JSON line for each figure:
/// `bench-audit --url URL [--entries 10000000] [--seconds 9]`. The database must be there for it alone.
@main
enum AuditBenchmark {
  private static let schema = "access"
  private static let batch = 4000

  static func main() async throws {
    let options = BenchmarkOptions(CommandLine.arguments.dropFirst())
    let logger = Logger(label: "bench-audit")
    let migrator = PostgresMigrator(
      url: options.url, schema: schema, migrations: AccessControlServer.migrations, logger: logger)
    try await migrator.migrate()
    try await PostgresScript.run("ALTER ROLE CURRENT_USER SET search_path TO \(schema)", url: options.url)
    var configuration = PostgresPoolConfiguration(url: options.url)
    configuration.minimumConnections = configuration.maximumConnections
    let pool = PostgresPool(configuration, logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await pool.run() }
      let log = try await AuditLog.begun(over: pool)
      try await append(options.entries, to: log)
      try await PostgresScript.run("VACUUM ANALYZE", url: options.url)
      try await prove(options.entries, pool, for: options.duration)
      try await relay(to: log, pool, for: options.duration)
      for callers in [1, 64, 256] { try await trail(callers, pool, for: options.duration / 3) }
      group.cancelAll()
    }
  }

  /// Fills the log with records that are ready.
  private static func append(_ entries: Int, to log: AuditLog) async throws {
    let records = (0..<batch).map { SampleRecord.read($0).encoded }
    let start = ContinuousClock.now
    for first in stride(from: 0, to: entries, by: batch) {
      let count = min(batch, entries - first)
      _ = try await log.append(Array(records.prefix(count)), from: UInt64(first), of: "cases")
    }
    let rate = Double(entries) / (start.duration(to: .now) / .seconds(1))
    print(#"{"kind": "append", "entries": \#(entries), "per_second": \#(Int(rate))}"#)
  }

  /// Makes and checks proofs, one after the other.
  private static func prove(_ entries: Int, _ pool: PostgresPool, for duration: Duration) async throws {
    guard let (size, root) = try await pool.execute(SelectRoot()).first, size == UInt64(entries) else {
      throw BenchmarkFailure(text: "the log has another size")
    }
    let proofs = AuditProofs(pool: pool)
    var times: [Duration] = []
    let end = ContinuousClock.now + duration + .seconds(1)
    let warm = ContinuousClock.now + .seconds(1)
    while ContinuousClock.now < end {
      let index = UInt64.random(in: 0..<size)
      let start = ContinuousClock.now
      let proof = try await proofs.inclusion(of: [index], size: size)[0]
      let time = start.duration(to: .now)
      guard let leaf = try await pool.execute(SelectLeaf(index: Int64(index))).first,
        proof.verifies(leaf: .leaf(leaf), root: root)
      else { throw BenchmarkFailure(text: "a proof is false") }
      if start > warm { times.append(time) }
    }
    print(Figures(times).line(kind: "inclusion", entries: entries))
  }

  /// From the outbox into the log, while the outbox is written to.
  private static func relay(to log: AuditLog, _ pool: PostgresPool, for duration: Duration) async throws {
    let relay = AuditRelay(pool: pool, log: OwnAuditLog(log: log), logger: Logger(label: "bench-audit"))
    let records = (0..<500).map { SampleRecord.act($0) }
    let start = ContinuousClock.now
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
      group.addTask {
        var written = 0
        // Not far ahead of the log, or the end would measure something else.
        while start.duration(to: .now) < duration {
          guard try await pool.execute(CountOutbox())[0] < 4 * Int64(AuditRelay.limit) else {
            try await Task.sleep(for: .milliseconds(1))
            continue
          }
          try await pool.execute(InsertAuditRecords(records))
          written += records.count
        }
        return 0
      }
      group.addTask {
        var relayed = 0
        while start.duration(to: .now) < duration { relayed += try await relay.relay() }
        return relayed
      }
      return try await group.reduce(0, +)
    }
    let rate = Double(count) / (start.duration(to: .now) / .seconds(1))
    print(#"{"kind": "relay", "entries": \#(count), "per_second": \#(Int(rate))}"#)
  }

  /// Callers that wait for their record to be durable.
  private static func trail(_ callers: Int, _ pool: PostgresPool, for duration: Duration) async throws {
    let trail = AuditTrail(pool: pool)
    let end = ContinuousClock.now + duration
    let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
      group.addTask {
        try await trail.run()
        return []
      }
      for caller in 0..<callers {
        group.addTask {
          var times: [Duration] = []
          while ContinuousClock.now < end {
            let start = ContinuousClock.now
            try await trail.record(SampleRecord.read(caller))
            times.append(start.duration(to: .now))
          }
          return times
        }
      }
      var times: [Duration] = []
      for _ in 0..<callers { times += try await group.next() ?? [] }
      group.cancelAll()
      return times
    }
    print(Figures(times).line(kind: "trail", callers: callers, over: duration))
  }
}

struct BenchmarkFailure: Error, CustomStringConvertible {
  var text: String
  var description: String { text }
}
