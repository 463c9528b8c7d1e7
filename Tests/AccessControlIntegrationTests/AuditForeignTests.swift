import Crypto
import Foundation
import GRPCCore
import Postgres
import TestSupport
import Testing
import VigilAccessAPI

@testable import AccessControlServer
@testable import Audit
@testable import CommandLineClient

/// What the log gives out, checked by a program that shares nothing with it: deploy/examples/verify_audit.py.
@Suite("The log, before a foreign reader")
struct AuditForeignTests {
  private static let program =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "deploy/examples/verify_audit.py").path

  private static func verify(_ folder: TemporaryFolder) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", program, folder.file("log"), folder.file("key"), folder.file("head")]
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func export(_ harness: AccessHarness, as uri: String, known: Int64, to folder: TemporaryFolder)
    async throws
  {
    let parts = try await harness.export(as: uri, known: known)
    try folder.write(parts.map { try JSONText.line($0) + "\n" }.joined(), to: "log")
  }

  @Test("it believes what is true, and finds an entry that was changed, removed or moved, and a log that was rewritten")
  func foreignReader() async throws {
    try await AccessHarness.run { harness in
      let (_, kenya) = try await harness.state("KEN")
      _ = try await harness.collect(reads(0..<20).map(\.encoded), from: 0)
      try await harness.untilLogged()
      let folder = try TemporaryFolder()
      let known = try await harness.head(as: kenya)
      try folder.write(try JSONText.line(known), to: "head")
      let keys = try await harness.auditSigningKeys().map { $0.key.publicKey.auditLine + "\n" }
      try folder.write(keys.joined(), to: "key")
      _ = try await harness.collect(reads(20..<31).map(\.encoded), from: 20)
      for uri in [kenya, AccessHarness.operatorURI] {
        try await Self.export(harness, as: uri, known: known.treeSize, to: folder)
        #expect(try Self.verify(folder).hasPrefix("true: "))
      }

      try await Self.export(harness, as: kenya, known: known.treeSize, to: folder)
      let lines = try TemporaryFolder.read(folder.file("log")).split(separator: "\n").map(String.init)
      func verdict(_ change: (inout [String]) -> Void) throws -> String {
        var changed = lines
        change(&changed)
        try folder.write(changed.joined(separator: "\n"), to: "log")
        return try Self.verify(folder)
      }
      #expect(try verdict { $0.remove(at: 7) } == "false: entries are missing, or out of order\n")
      #expect(try verdict { $0.swapAt(7, 8) } == "false: entries are missing, or out of order\n")
      #expect(
        try verdict { $0[7] = $0[7].replacing("\"leaf\":\"AQ", with: "\"leaf\":\"AA") }.contains("is not in the log"))
      #expect(
        try verdict { $0.remove(at: 1) }.hasPrefix("false: there is no proof") || known.treeSize.nonzeroBitCount == 1)
      #expect(
        try verdict { $0[0] = $0[0].replacing("\"treeSize\":\"", with: "\"treeSize\":\"1") }.hasPrefix("false: the sig")
      )
    }
  }
}
