import Foundation
import Testing
import TestSupport

/// One process of a service, started and ended by the test itself, with nobody who would start it again.
final class Instance: Sendable {
  let name: String
  /// Where it listens for calls.
  let port: Int
  let adminPort: Int
  private let program: String
  private let environment: [String: String]
  private let folder: String

  init(_ name: String, program: String, port: Int, adminPort: Int, folder: String, environment: [String: String]) {
    self.name = name
    self.program = program
    self.port = port
    self.adminPort = adminPort
    self.folder = folder
    self.environment = environment.merging(["VIGIL_ADMIN_LISTEN": "127.0.0.1:\(adminPort)"]) { old, _ in old }
  }

  /// Starts it and waits until it is ready.
  ///
  /// - Returns: when it was.
  @discardableResult
  func start(with more: [String: String] = [:]) async throws -> ContinuousClock.Instant {
    let variables = environment.merging(more) { _, new in new }.map { "\($0.key)='\($0.value)'" }.sorted()
    let script = """
      cd '\(folder)'
      setsid env -i PATH="$PATH" HOME="$HOME" \(variables.joined(separator: " ")) \
        '\(program)' serve >>'\(name).log' 2>&1 </dev/null &
      echo $! >'\(name).pid'
      for try in {1..1000}; do
        ! curl -sf -o /dev/null http://127.0.0.1:\(adminPort)/readyz || exit 0
        [[ -n $(jobs -rp) ]] || break
        sleep 0.02
      done
      exit 1
      """
    let run = try await CommandRun.run("/bin/bash", ["-c", script])
    guard run.status == 0 else {
      throw NotReady(name: name, log: (try? TemporaryFolder.read("\(folder)/\(name).log")) ?? "")
    }
    return .now
  }

  struct NotReady: Error, CustomStringConvertible {
    var name: String
    var log: String
    var description: String { "\(name) does not get ready:\n\(log.suffix(2_000))" }
  }

  /// Of the last start; nil before.
  var processID: Int32? {
    (try? TemporaryFolder.read("\(folder)/\(name).pid")).flatMap {
      Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  /// Whether the process exists and has not ended.
  var isRunning: Bool {
    processID.map { ProcessTable.state(of: $0) }.map { $0 != nil && $0 != "Z" } ?? false
  }

  /// Resident memory in bytes.
  var memory: Int { processID.flatMap { ProcessTable.memory(of: $0) } ?? 0 }

  func signal(_ signal: Int32) {
    guard let processID, isRunning else { return }
    kill(processID, signal)
  }

  /// Sends the signal and waits for the end.
  func end(_ signal: Int32 = SIGTERM) async throws {
    self.signal(signal)
    for _ in 1...2_000 where isRunning { try await Task.sleep(for: .milliseconds(20)) }
    try #require(!isRunning, "\(name) does not end")
  }
}

/// What Linux tells of processes.
enum ProcessTable {
  /// The letter of proc(5); nil when there is no such process.
  static func state(of process: Int32) -> Character? {
    guard let stat = try? TemporaryFolder.read("/proc/\(process)/stat") else { return nil }
    return stat.split(separator: ")").last?.split(separator: " ").first?.first
  }

  /// Memory in bytes: resident, unless another line of the table is asked for.
  static func memory(of process: Int32, _ field: String = "VmRSS") -> Int? {
    let status = try? TemporaryFolder.read("/proc/\(process)/status")
    let line = status?.split(separator: "\n").first { $0.hasPrefix("\(field):") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
  }

  /// The process and those that it has started.
  static func family(of process: Int32) async throws -> [Int32] {
    let children = try await CommandRun.run("/usr/bin/pgrep", ["-P", "\(process)"]).output
    return [process] + children.split(separator: "\n").compactMap { Int32($0) }
  }
}
