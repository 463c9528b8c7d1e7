import Foundation
import Logging
import Telemetry
import TestSupport
import Testing

@testable import ServiceRuntime

/// The real executable, as an operator starts it.
@Suite("A service's process")
struct ProcessTests {
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  private var executable: URL {
    Bundle.main.executableURL?.deletingLastPathComponent().appendingPathComponent("vigil-notifications")
      ?? URL(fileURLWithPath: "vigil-notifications")
  }

  private func run(_ arguments: [String] = [], _ environment: [String: String] = [:]) throws -> Outcome {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.sanitizerEnvironment.merging(environment) { $1 }
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Outcome(status: process.terminationStatus, output: text, errors: complaint)
  }

  @Test("help lists every setting")
  func help() throws {
    let outcome = try run(["--help"])
    #expect(outcome.status == 0)
    for setting in NotificationsSettings.all { #expect(outcome.output.contains("  \(setting.key) <")) }
    #expect(outcome.output.contains("[127.0.0.1:9102]"))
    #expect(outcome.output.contains("migrate"))
  }

  @Test(
    "a wrong configuration is one line and exit code 78",
    arguments: [
      [:],
      ["VIGIL_DATABSE_URL": "x"],
      ["VIGIL_DATABASE_URL": "x", "VIGIL_LOG_LEVEL": "loud"],
      ["VIGIL_DATABASE_URL": "x", "VIGIL_GRPC_PEERS": "somebody"],
      ["VIGIL_DATABASE_URL": "x", "VIGIL_ADMIN_LISTEN": "127.0.0.1:0"],
      ["VIGIL_DATABASE_URL": "x", "VIGIL_CONFIG": "/nowhere.yaml"],
    ] as [[String: String]]
  )
  func configuration(environment: [String: String]) throws {
    let outcome = try run([], environment.merging(["VIGIL_ADMIN_LISTEN": "127.0.0.1:0"]) { $1 })
    let lines = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix("{") }
    #expect(outcome.status == 78)
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("vigil-notifications: configuration: ") == true)
  }

  @Test("a port in use is one line")
  func portInUse() async throws {
    let routes = AdminRoutes(readiness: Readiness(), metrics: .init())
    let admin = try await AdminServer(
      address: HostPort(host: "127.0.0.1", port: 0),
      routes: routes,
      logger: .init(label: "test")
    )
    let environment = [
      "VIGIL_DATABASE_URL": "x", "VIGIL_GRPC_INSECURE": "true", "VIGIL_ADMIN_LISTEN": "\(admin.address)",
    ]
    let outcome = try run([], environment)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors
        == "vigil-notifications: admin.listen: cannot listen on \(admin.address): address already in use\n"
    )
  }
}

private enum NotificationsSettings {
  static var all: [any SettingDeclaration] {
    ([GRPCSettings.group, DatabaseSettings.group] + CommonSettings.groups).flatMap(\.settings)
  }
}
