import Authorization
import Foundation
import TestSupport
import Testing

@testable import AccessControlServer

/// The real vigil-access, as deploy/up begins a directory with it.
@Suite struct BootstrapProcessTests {
  @Test func beginsADirectoryOnce() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let role = try await database.makeRole(schema: "access")
    let url = database.url(role: role)
    func run(_ arguments: String...) throws -> (status: Int32, output: String) { try Self.run(arguments, url: url) }

    let names = ["--operator", AccessHarness.operatorURI, "--case-officer", AccessHarness.officerURI]
    #expect(try run("bootstrap", names[0], names[1], names[2], names[3]).status == 1)
    #expect(try run("migrate").status == 0)
    let begun = try run("bootstrap", names[0], names[1], names[2], names[3])
    #expect(begun.status == 0)
    let lines = begun.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("ADM principals/") == true)
    #expect(lines.first?.hasSuffix(AccessHarness.operatorURI) == true)
    #expect(lines.last?.hasPrefix("HQ principals/") == true)
    let again = try run("bootstrap", names[0], names[1], names[2], names[3])
    #expect(again.status == 0 && again.output == "there are principals already; nothing was done\n")
    // One person is not two.
    let alone = try run("bootstrap", names[0], names[1], names[2], names[1])
    #expect(alone.status == 64)
  }

  /// What deploy/up puts into the file of the keys that services take.
  @Test func printsTheKeyToPin() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let url = database.url(role: try await database.makeRole(schema: "access"))
    #expect(try Self.run(["migrate"], url: url).status == 0)
    let printed = try Self.run(["policy-key"], url: url)
    #expect(printed.status == 0 && printed.output.split(separator: "\n").count == 1)
    let id = try #require(printed.output.split(separator: "#").last?.split(separator: "\n").first)
    let folder = try TemporaryFolder("keys")
    let keys = try PinnedKeys(path: try folder.write(printed.output, to: "policy.keys"))
    #expect(keys.key(id.trimmingCharacters(in: .whitespaces)) != nil)
  }

  private static let key = String(repeating: "07", count: 32)

  private static func run(_ arguments: [String], url: String) throws -> (status: Int32, output: String) {
    let process = Process()
    let output = Pipe()
    let folder = try #require(Bundle.main.executableURL?.deletingLastPathComponent())
    process.executableURL = folder.appendingPathComponent("vigil-access")
    process.arguments = arguments
    let sealing = try TemporaryFolder("sealing")
    let variables = ["VIGIL_DATABASE_URL": url, "VIGIL_SEALING_KEYS": try sealing.write(Self.key, to: "sealing.keys")]
    process.environment = ProcessInfo.processInfo.sanitizerEnvironment.merging(variables) { $1 }
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    withExtendedLifetime(sealing) {}
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }
}
