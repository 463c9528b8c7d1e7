import Foundation
import Testing
import TestSupport

/// Two gateways and two instances of each service beside what deploy/up has started, on its database and with its
/// certificates. The test starts and ends them.
struct FaultSystem: Sendable {
  let system: LocalSystem
  let gateways: [Instance]
  /// Two of each service.
  private let instances: [String: [Instance]]

  static let services = ["cases", "notifications", "access", "reporting"]

  var cases: [Instance] { instances["cases", default: []] }

  /// All but the gateways, and their services.
  var backends: [(service: String, instance: Instance)] {
    Self.services.flatMap { service in instances[service, default: []].map { (service, $0) } }
  }

  init() throws {
    let system = try #require(LocalSystem.current)
    self.system = system
    var instances: [String: [Instance]] = [:]
    for (number, service) in Self.services.enumerated() {
      instances[service] = try (0...1).map { copy in
        try Self.backend(service, copy, of: system, port: system.firstPort + 40 + 2 * number + copy)
      }
    }
    self.instances = instances
    gateways = (0...1).map { Self.gateway($0, of: system, before: instances) }
  }

  private static func backend(_ service: String, _ copy: Int, of system: LocalSystem, port: Int) throws -> Instance {
    let folder = system.state
    let password = try TemporaryFolder.read("\(folder)/secrets/\(service)")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let database = "vigil_\(service):\(password)@127.0.0.1:\(system.firstPort + 2)/vigil"
    return Instance(
      "fault-\(service)-\(copy)", program: "\(folder)/libexec/vigil-\(service)", port: port, adminPort: port + 20,
      folder: folder,
      environment: [
        "VIGIL_CONFIG": "\(folder)/config/\(service).yaml", "VIGIL_GRPC_LISTEN": "127.0.0.1:\(port)",
        "VIGIL_DATABASE_URL": "postgresql://\(database)",
      ]
    )
  }

  private static func gateway(_ copy: Int, of system: LocalSystem, before instances: [String: [Instance]]) -> Instance {
    let port = system.firstPort + 50 + copy
    let routes = services.map { service in
      "vigil.\(service)=" + instances[service, default: []].map { "127.0.0.1:\($0.port)" }.joined(separator: " ")
    }
    return Instance(
      "fault-gateway-\(copy)", program: "\(system.state)/libexec/vigil-gateway", port: port, adminPort: port + 20,
      folder: system.state,
      environment: [
        "VIGIL_CONFIG": "\(system.state)/config/gateway.yaml", "VIGIL_PUBLIC_LISTEN": "127.0.0.1:\(port)",
        "VIGIL_MESH_LISTEN": "127.0.0.1:\(port + 2)", "VIGIL_ROUTES": routes.joined(separator: ","),
        // Most tests start instances of one service only.
        "VIGIL_ROUTES_OPTIONAL": services.dropFirst().map { "vigil.\($0)" }.joined(separator: ","),
        "VIGIL_ROUTES_IDENTITIES": services.map { "vigil.\($0)=spiffe://vigil.local/service/\($0)" }
          .joined(separator: ","),
      ]
    )
  }

  /// Runs the test with the gateways and the instances of these services up, and ends them.
  func run(_ services: [String] = ["cases"], _ test: () async throws -> Void) async throws {
    let all = services.flatMap { instances[$0, default: []] } + gateways
    do {
      for instance in all { try await instance.start() }
      try await test()
      for instance in all.reversed() { try await instance.end() }
    } catch {
      // What goes on running would answer in the place of the next test's instances.
      for instance in all { instance.signal(SIGKILL) }
      throw error
    }
  }

  /// Waits until both gateways give calls to both instances of a service.
  func waitUntilServed(_ service: String = "cases") async throws {
    let script = """
      for port in \(gateways.map { "\($0.adminPort)" }.joined(separator: " ")); do
        for try in {1..1000}; do
          number=$(curl -s http://127.0.0.1:$port/metrics |
            sed -n 's/^vigil_gateway_instances{route="vigil.\(service)"} //p')
          [[ $number != 2 ]] || continue 2
          sleep 0.05
        done
        exit 1
      done
      """
    let run = try await CommandRun.run("/bin/bash", ["-c", script])
    try #require(run.status == 0, "the gateways do not find both instances of \(service)")
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

  /// Has the database keep its log of what it writes (WAL) elsewhere, or with its data again. It is stopped meanwhile; its
  /// supervisor starts it again.
  func moveLog(to folder: String?) async throws {
    let script = """
      set -e
      data=$(readlink -f '\(system.state)/postgres')/data
      new=${1:-$data/pg_wal.new}
      supervisor=$(cat '\(system.state)/run/postgres.supervisor.pid')
      kill -STOP "$supervisor"
      trap 'kill -CONT "$supervisor"' EXIT
      kill -INT "$(cat '\(system.state)/run/postgres.pid')"
      while [[ -e $data/postmaster.pid ]]; do sleep 0.05; done
      old=$(readlink -f "$data/pg_wal")
      cp -a "$old" "$new"
      rm -rf "$old" "$data/pg_wal"
      if [[ $1 ]]; then ln -s "$new" "$data/pg_wal"; else mv "$new" "$data/pg_wal"; fi
      """
    let run = try await CommandRun.run("/bin/bash", ["-c", script, "move"] + [folder].compactMap { $0 })
    try #require(run.status == 0, "\(run.text)")
    _ = try await waitForDatabase()
  }

  /// Writes to the database's log until that has no room and the database ends.
  func fillLog() async throws {
    for _ in 1...100 {
      let statement = "SELECT pg_logical_emit_message(false, 'fault', repeat('x', 1000000)), pg_switch_wal()"
      guard try await psql(statement).status == 0 else { return }
    }
    Issue.record("the database's log takes more than there is room for")
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
