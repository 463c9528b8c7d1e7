import Foundation
import Testing
import TestSupport

/// Two gateways and two instances of the cases service beside what deploy/up has started, on its database and with its
/// certificates. The test starts and ends them.
struct FaultSystem: Sendable {
  let system: LocalSystem
  let gateways: [Instance]
  let cases: [Instance]

  init() throws {
    let system = try #require(LocalSystem.current)
    self.system = system
    let first = system.firstPort
    let password = try TemporaryFolder.read("\(system.state)/secrets/cases")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let folder = system.state
    cases = (0...1).map { number in
      Instance(
        "fault-cases-\(number)", program: "\(folder)/libexec/vigil-cases", port: first + 40 + number,
        adminPort: first + 50 + number, folder: folder,
        environment: [
          "VIGIL_CONFIG": "\(folder)/config/cases.yaml", "VIGIL_GRPC_LISTEN": "127.0.0.1:\(first + 40 + number)",
          "VIGIL_DATABASE_URL": "postgresql://vigil_cases:\(password)@127.0.0.1:\(first + 2)/vigil",
        ]
      )
    }
    let routes = "vigil.cases=\(cases.map { "127.0.0.1:\($0.port)" }.joined(separator: " "))"
    gateways = (0...1).map { number in
      Instance(
        "fault-gateway-\(number)", program: "\(folder)/libexec/vigil-gateway", port: first + 42 + number,
        adminPort: first + 52 + number, folder: folder,
        environment: [
          "VIGIL_CONFIG": "\(folder)/config/gateway.yaml", "VIGIL_ROUTES": routes,
          "VIGIL_PUBLIC_LISTEN": "127.0.0.1:\(first + 42 + number)",
          "VIGIL_ROUTES_IDENTITIES": "vigil.cases=spiffe://vigil.local/service/cases",
          "VIGIL_MESH_LISTEN": "127.0.0.1:\(first + 44 + number)",
        ]
      )
    }
  }

  private var all: [Instance] { cases + gateways }

  /// Runs the test with all of them up, and ends them.
  func run(_ test: () async throws -> Void) async throws {
    do {
      for instance in all { try await instance.start() }
      try await test()
    } catch {
      for instance in all { instance.signal(SIGKILL) }
      throw error
    }
    for instance in all.reversed() { try await instance.end() }
  }

  /// Waits until both gateways give calls to both instances.
  func waitUntilServed() async throws {
    let script = """
      for port in \(gateways.map { "\($0.adminPort)" }.joined(separator: " ")); do
        for try in {1..1000}; do
          number=$(curl -s http://127.0.0.1:$port/metrics | awk '
            /^vigil_gateway_instance_changes_total/ { if (/"healthy"|"returned"/) n += $NF; else n -= $NF }
            END { print n + 0 }')
          [[ $number != 2 ]] || continue 2
          sleep 0.05
        done
        exit 1
      done
      """
    let run = try await CommandRun.run("/bin/bash", ["-c", script])
    try #require(run.status == 0, "the gateways do not find both instances")
  }

  // MARK: The database

  /// Runs SQL as the database's administrator.
  ///
  /// - Returns: rows, their columns parted by `|`.
  func sql(_ statement: String) async throws -> [String] {
    let run = try await psql(statement)
    try #require(run.status == 0, "\(run.text)")
    return run.output.split(separator: "\n").map(String.init)
  }

  private func psql(_ statement: String, until script: String = "\"$@\"") async throws -> CommandRun {
    let password = try TemporaryFolder.read("\(system.state)/secrets/admin")
    return try await CommandRun.run(
      "/bin/bash",
      [
        "-c", script, "psql", "/usr/bin/psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d",
        "postgresql://vigil_admin@127.0.0.1:\(system.firstPort + 2)/vigil", "-c", statement,
      ],
      environment: [
        "PGPASSWORD": password.trimmingCharacters(in: .whitespacesAndNewlines), "PGCONNECT_TIMEOUT": "2",
      ]
    )
  }

  /// Puts tables of the cases service on a disk of their own.
  func move(_ tables: [String], to disk: SmallDisk) async throws {
    _ = try await sql("CREATE TABLESPACE small LOCATION '\(disk.path)'")
    for table in tables { _ = try await sql("ALTER TABLE cases.\(table) SET TABLESPACE small") }
  }

  func moveBack(_ tables: [String]) async throws {
    for table in tables { _ = try await sql("ALTER TABLE cases.\(table) SET TABLESPACE pg_default") }
    _ = try await sql("DROP TABLESPACE small")
  }

  /// Waits until the database takes connections.
  ///
  /// - Returns: when it did.
  func waitForDatabase() async throws -> ContinuousClock.Instant {
    let again = "for try in {1..1000}; do ! \"$@\" >/dev/null 2>&1 || exit 0; sleep 0.02; done; exit 1"
    try #require(try await psql("SELECT 1", until: again).status == 0, "the database does not come back")
    return .now
  }

  /// The server and its processes for connections.
  func databaseProcesses() async throws -> [Int32] {
    let server = try #require(system.processID(of: "postgres").flatMap { Int32($0) })
    return try await ProcessTable.family(of: server)
  }

  /// How often each acknowledged write is on record, by its source.
  func recordedWrites(_ prefix: String) async throws -> [String: Int] {
    let rows = try await sql("SELECT source, count(*) FROM cases.imports WHERE source LIKE '\(prefix)%' GROUP BY 1")
    let pairs = rows.compactMap { row -> (String, Int)? in
      let columns = row.split(separator: "|")
      return columns.count == 2 ? (String(columns[0]), Int(columns[1]) ?? 0) : nil
    }
    return Dictionary(pairs) { $0 + $1 }
  }
}
