import Foundation
import TestSupport
import Testing

/// A run of the real vigil-notifications.
final class ServiceRun {
  private let process = Process()
  private let output = Pipe()
  private let errors = Pipe()
  /// What it has written to standard error, as far as it was read.
  private(set) var log = ""

  init(_ arguments: [String], _ environment: [String: String]) throws {
    let folder = try #require(Bundle.main.executableURL?.deletingLastPathComponent())
    process.executableURL = folder.appendingPathComponent("vigil-notifications")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.sanitizerEnvironment.merging(environment) { $1 }
    process.standardOutput = output
    process.standardError = errors
    try process.run()
  }

  /// Reads the log until `text` stands in it.
  func read(until text: String) throws {
    while !log.contains(text) {
      let data = errors.fileHandleForReading.availableData
      try #require(!data.isEmpty, "it ended: \(log)")
      log += String(decoding: data, as: UTF8.self)
    }
  }

  /// Sends SIGTERM.
  func terminate() { process.terminate() }

  /// Reads the log to its end and waits for the process.
  ///
  /// - Returns: the exit status.
  func end() -> Int32 {
    log += String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Reads what it writes to standard output until it ends, which must be with 0.
  func answer() -> String {
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(end() == 0)
    return text
  }

  /// The port that calls are taken at, once ``read(until:)`` has seen "taking calls".
  func callPort() throws -> Int {
    let line = try #require(log.split(separator: "\n").first { $0.contains("taking calls") })
    let port = try #require(line.firstMatch(of: /"address":"127\.0\.0\.1:([0-9]+)"/)?.1)
    return try #require(Int(port))
  }
}
