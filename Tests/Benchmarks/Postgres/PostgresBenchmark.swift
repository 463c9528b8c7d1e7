import HTTP2
import Logging
import NIOCore
import NIOPosix
import Postgres
import Synchronization

/// Point reads or small writes through Shared/Postgres on pgbench's tables, one JSON line per setting:
/// `bench-postgres --url URL [--kind reads|writes] [--seconds 5] [--connections 8] [--rows 1000000] [--tasks 256]
/// [--executor loops|reactor|global]`.
///
/// `tasks` is how many callers wait for the database at a time; with as many as connections the figure compares with
/// pgbench's clients one to one. They run on event loops, as the handlers of that many RPCs would, unless told otherwise.
@main
enum PostgresBenchmark {
  static func main() async throws {
    let options = BenchmarkOptions(CommandLine.arguments.dropFirst())
    var configuration = PostgresPoolConfiguration(url: options.url)
    configuration.maximumConnections = options.connections
    configuration.minimumConnections = options.connections
    let pool = PostgresPool(configuration, logger: Logger(label: "bench-postgres"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await pool.run() }
      for tasks in options.tasks {
        let warmUp = try await measure(pool, options, tasks: tasks, for: .milliseconds(500))
        let measured = try await measure(pool, options, tasks: tasks, for: options.duration)
        print(options.line(tasks: tasks, perSecond: measured.perSecond, count: warmUp.count + measured.count))
      }
      group.cancelAll()
    }
  }

  private static func measure(
    _ pool: PostgresPool,
    _ options: BenchmarkOptions,
    tasks: Int,
    for duration: Duration
  ) async throws -> (count: Int, perSecond: Int) {
    let start = ContinuousClock.now
    let end = start + duration
    let executors = try await executors(options.place)
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<tasks {
        group.addTask(executorPreference: executors[number % executors.count]) {
          try await caller(pool, options, seed: UInt64(number), until: end)
        }
      }
      return try await group.reduce(0, +)
    }
    return (count, Int(Double(count) / (start.duration(to: .now) / .seconds(1))))
  }

  private static func executors(_ place: BenchmarkOptions.Place) async throws -> [(any TaskExecutor)?] {
    switch place {
    case .global: return [nil]
    case .reactor: return [Reactor.shared]
    case .loops:
      var executors: [any TaskExecutor] = []
      for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() {
        executors.append(try await loop.submit { EventLoopTaskExecutor(eventLoop: loop) }.get())
      }
      return executors
    }
  }

  private static func caller(
    _ pool: PostgresPool,
    _ options: BenchmarkOptions,
    seed: UInt64,
    until end: ContinuousClock.Instant
  ) async throws -> Int {
    var random = SplitMix(state: seed)
    var count = 0
    while ContinuousClock.now < end {
      let account = Int32.random(in: 1...options.rows, using: &random)
      if options.kind == .reads {
        _ = try await pool.execute(ReadBalance(account: account))
      } else {
        try await pool.execute(AddToBalance(account: account))
      }
      count += 1
    }
    return count
  }
}

/// `pgbench -S`.
private struct ReadBalance: PostgresStatement {
  static var isReadOnly: Bool { true }
  static var isBrief: Bool { true }
  static var name: String { "ReadBalance" }
  var account: Int32
  var sql: String { "SELECT abalance FROM pgbench_accounts WHERE aid = $1" }
  func bind(_ parameters: inout PostgresParameters) { parameters.append(account) }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int32 { try row.decode() }
}

/// The script that the driver gives to pgbench.
private struct AddToBalance: PostgresStatement {
  typealias Row = Never
  static var name: String { "AddToBalance" }
  var account: Int32
  var sql: String { "UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid = $1" }
  func bind(_ parameters: inout PostgresParameters) { parameters.append(account) }
}

/// A quick source of account numbers; the system's would be measured along.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
