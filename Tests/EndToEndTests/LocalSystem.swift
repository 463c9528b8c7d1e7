import Foundation
import TestSupport

/// A whole system of its own: the real processes, started by deploy/up in a state directory and on ports
/// that nobody else has.
final class LocalSystem: Sendable {
  /// The system that the running suite has started.
  @TaskLocal static var current: LocalSystem?

  /// The checkout.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The latest publication that the project holds.
  static let sample = "\(root)/Services/Cases/Data/un-peacekeeping-fatalities-2025-04-04.csv"

  let folder: TemporaryFolder
  let firstPort: Int
  let environment: [String: String]

  /// State directory of deploy/up.
  var state: String { folder.path }
  /// Where clients connect.
  var address: String { "127.0.0.1:\(firstPort)" }

  init(firstPort: Int) throws {
    folder = try TemporaryFolder("vigil-system")
    // The database's own user must reach its data.
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
    self.firstPort = firstPort
    environment = [
      "VIGIL_STATE_DIR": folder.path,
      "VIGIL_BINARIES": ProcessInfo.processInfo.environment["VIGIL_BINARIES"] ?? "\(Self.root)/.build/debug",
      "VIGIL_PUBLIC_PORT": "\(firstPort)",
      "VIGIL_MESH_PORT": "\(firstPort + 1)",
      "VIGIL_DATABASE_PORT": "\(firstPort + 2)",
      "VIGIL_SERVICE_PORTS": "\(firstPort + 10)",
      "VIGIL_ADMIN_PORTS": "\(firstPort + 20)",
    ]
  }

  /// Brings a system up on ports that are free.
  static func start() async throws -> LocalSystem {
    var last = ""
    for _ in 1...5 {
      let system = try LocalSystem(firstPort: 100 * Int.random(in: 110...310))
      let up = try await system.deploy("up", "--detach")
      if up.status == 0 { return system }
      last = up.text
      await system.stop()
      guard last.contains("is in use") else { break }
    }
    throw StartFailure(text: last)
  }

  struct StartFailure: Error, CustomStringConvertible {
    var text: String
    var description: String { "deploy/up failed:\n\(text)" }
  }

  /// Stops the system and removes its data.
  func stop() async {
    _ = try? await deploy("down", "--purge", "--yes")
  }

  /// Runs one of the deploy scripts on this system.
  func deploy(_ script: String, _ arguments: String..., environment more: [String: String] = [:]) async throws
    -> CommandRun
  {
    try await .run(
      "\(Self.root)/deploy/\(script)", arguments, environment: environment.merging(more) { _, new in new }
    )
  }

  /// Runs the command that deploy/up has set up.
  func vigil(_ arguments: String..., environment: [String: String] = [:]) async throws -> CommandRun {
    try await .run("\(state)/bin/vigil", arguments, environment: environment)
  }

  /// The process that runs a service; nil while it is down.
  func processID(of service: String) -> String? {
    try? TemporaryFolder.read("\(state)/run/\(service).pid").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Looks until deploy/status finds everything ready, or `attempts` times.
  ///
  /// - Returns: The last look.
  func waitUntilReady(attempts: Int = 300) async throws -> CommandRun {
    var status = try await deploy("status")
    for _ in 1..<attempts where status.status != 0 { status = try await deploy("status") }
    return status
  }
}
