import Foundation
import TestSupport
import Testing

/// The real executable over a real database.
@Suite("A service's life")
struct LifecycleTests {
  @Test("migrates, serves, and stops in order when it is told to", .timeLimit(.minutes(2)))
  func life() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let role = try await database.makeRole(schema: "notifications")
    let environment = [
      "VIGIL_DATABASE_URL": database.url(role: role), "VIGIL_GRPC_INSECURE": "true", "VIGIL_LOG_FORMAT": "json",
      "VIGIL_GRPC_LISTEN": "127.0.0.1:0", "VIGIL_ADMIN_LISTEN": "127.0.0.1:0",
    ]
    #expect(try read(start(["migrate", "--dry-run"], environment)) == "would apply 1 create_service_info\n")
    #expect(try read(start(["migrate"], environment)) == "applied 1 create_service_info\n")
    #expect(try read(start(["migrate"], environment)) == "schema notifications is up to date\n")

    let (process, _, errors) = try start([], environment)
    var log = ""
    while !log.contains("taking calls") {
      let data = errors.fileHandleForReading.availableData
      try #require(!data.isEmpty, "it ended: \(log)")
      log += String(decoding: data, as: UTF8.self)
    }
    process.terminate()
    log += String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let stopping = try #require(log.range(of: "stopping; signal again"))
    let stopped = try #require(log.range(of: "\"message\":\"stopped\""))
    #expect(stopping.lowerBound < stopped.lowerBound)
    #expect(!log.contains("\"level\":\"error\""))
  }

  private func start(
    _ arguments: [String],
    _ environment: [String: String]
  ) throws -> (Process, output: Pipe, errors: Pipe) {
    let folder = Bundle.main.executableURL?.deletingLastPathComponent()
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = try #require(folder).appendingPathComponent("vigil-notifications")
    process.arguments = arguments
    process.environment = environment
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    return (process, output, errors)
  }

  private func read(_ started: (process: Process, output: Pipe, errors: Pipe)) throws -> String {
    let text = String(decoding: started.output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    started.process.waitUntilExit()
    #expect(started.process.terminationStatus == 0)
    return text
  }
}
