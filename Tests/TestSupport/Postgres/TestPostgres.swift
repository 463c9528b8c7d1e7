import Foundation
import Postgres
import Synchronization

/// A private PostgreSQL cluster for tests: socket and data in a temporary folder, loopback TCP on a free port, nothing
/// made durable.
///
/// ``shared()`` gives one cluster to the whole test process; tests that break servers start their own. A small shell
/// waits on a pipe from this process and removes the cluster when the pipe closes, so also when the process is killed.
package final class TestPostgres: Sendable {
  private let folder: String
  private let port: Int
  private let watchdog: Watchdog
  private let databases = Atomic<Int>(0)

  private static let launcher = Launcher()

  /// The cluster of this process, started by the first who asks.
  package static func shared() async throws -> TestPostgres { try await launcher.shared() }

  /// Starts a cluster. It stops when the last reference to it goes, or the process ends.
  package static func start() async throws -> TestPostgres { try await launcher.start() }

  init(folder: String, port: Int, watchdog: Watchdog) {
    self.folder = folder
    self.port = port
    self.watchdog = watchdog
  }

  /// A connection string for a database as the superuser, over the Unix socket.
  func url(database: String, user: String = "postgres") -> String {
    "host=\(folder) port=\(port) user=\(user) dbname=\(database)"
  }

  /// The same as a URI, over loopback TCP.
  func tcpURL(database: String, user: String = "postgres") -> String {
    "postgresql://\(user)@127.0.0.1:\(port)/\(database)"
  }

  /// Over loopback TCP with TLS, verifying the server against `authority`, by default the one that it has.
  func tlsURL(database: String, authority: String?) -> String {
    let file = authority ?? "\(folder)/ca.pem"
    return "postgresql://postgres@localhost:\(port)/\(database)?sslmode=verify-full&sslrootcert=\(file)"
  }

  /// A new, empty database.
  package func makeDatabase() async throws -> TestDatabase {
    let name = "test_\(databases.add(1, ordering: .relaxed).newValue)"
    try await PostgresScript.run("CREATE DATABASE \(name)", url: url(database: "postgres"))
    return TestDatabase(cluster: self, name: name)
  }

  // MARK: Faults

  /// Stops the server at once, as a crash would.
  package func stop() throws { try watchdog.tell("stop") }

  /// Starts a stopped server again.
  package func startAgain() throws { try watchdog.tell("start") }

  /// Kills a server process as the kernel would, without a chance to clean up; the server restarts itself.
  package func killHard(process: Int32) throws {
    guard kill(process, SIGKILL) == 0 else { throw TestPostgresError(reason: "no such process") }
  }
}

/// Why there is no cluster.
package struct TestPostgresError: Error, CustomStringConvertible {
  package var reason: String
  package var description: String { reason }
}
