import ArgumentParser
import Crypto
import Foundation
import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CommandLineClient

@Suite("What the commands about evidence do")
struct EvidenceCommandTests {
  private static let name = "cases/a/evidenceItems/b"
  private let notes = ConsoleRecorder()
  private let output = ConsoleRecorder()

  private func parse<Command: ParsableCommand>(_ type: Command.Type, _ line: String) throws -> Command {
    try #require(try VigilCommand.parseAsRoot(line.split(separator: " ").map(String.init)) as? Command)
  }

  private static func content(_ size: Int) -> Data { Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }) }

  /// A path in a folder of its own.
  private static func path() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appending(path: "gate.jpg").path
  }

  @Test("they ask for what is typed")
  func requests() throws {
    let create = try parse(
      EvidenceCreateCommand.self,
      "evidence create a --type photograph --description Gate --collected-date 2020-05 --retention 2045-12-31 "
        + "--classification CONFIDENTIAL --originator XAA --holder untso --custodian Safe --reason test --dry-run")
    let item = try create.request().evidenceItem
    #expect(try create.request().parent == "cases/a" && create.rehearsal.dryRun)
    #expect(item.type == .photograph && item.description_p == "Gate" && item.collectedDate.text == "2020-05")
    #expect(item.retentionDate.text == "2045-12-31" && item.classification == .confidential)
    #expect(item.originator == "XAA" && item.holder == "untso" && item.custodian == "Safe")
    let update = try parse(
      EvidenceUpdateCommand.self, "evidence update \(Self.name) --media-type a/b --etag x --reason test"
    ).request().evidenceItem
    #expect(update.name == Self.name && update.etag == "x" && update.mediaType == "a/b")
    let over = try parse(EvidenceHandOverCommand.self, "evidence hand-over \(Self.name) EGY --reason test").request()
    #expect(over.name == Self.name && over.receiver == "EGY")
    let lift = try parse(EvidenceLiftHoldCommand.self, "evidence lift-hold \(Self.name) --hold h --reason test")
    #expect(try lift.request().hold == "h")
    let receive = try parse(
      EvidenceReceiveCommand.self, "evidence receive \(Self.name) --custodian Safe --reason test")
    #expect(try receive.request().custodian == "Safe")
    _ = try parse(EvidenceHoldCommand.self, "evidence hold \(Self.name) --reason appeal").request()
    _ = try parse(EvidenceDisposeProposeCommand.self, "evidence dispose propose \(Self.name) --reason over").request()
    _ = try parse(EvidenceDisposeConfirmCommand.self, "evidence dispose confirm \(Self.name) --reason ok").request()
    for bad in ["--type spoon", "--type PHOTOGRAPH --retention never"] {
      let command = try parse(EvidenceCreateCommand.self, "evidence create a \(bad) --description x --reason test")
      #expect(throws: CommandFailure.self) { try command.request() }
    }
  }

  @Test("a file is uploaded with its digest, however large, and goes on where it was")
  func upload() async throws {
    let content = Self.content(3_000_000)
    let path = try Self.path()
    try content.write(to: URL(filePath: path))
    let command = try parse(EvidenceUploadCommand.self, "evidence upload \(Self.name) \(path) --reason test")
    let known = PBUploadEvidenceConfig.with {
      $0.sizeBytes = Int64(content.count)
      $0.sha256 = Data(SHA256.hash(data: content))
    }
    for (double, offset) in [
      (EvidenceDouble(), 0), (EvidenceDouble(content: content.prefix(1 << 20), announced: known), 1 << 20),
      // Of another file.
      (EvidenceDouble(content: content.prefix(1 << 20), announced: .with { $0.sizeBytes = 5 }), 0),
    ] {
      try await double.serve { client in
        try await command.perform(
          client, .defaults, to: output.console(), notes: notes.console(isTerminal: true))
      }
      #expect(double.content == content && double.offsets == [Int64(offset)])
    }
    #expect(notes.text.contains("100 % of 3.0 MB") && notes.text.hasSuffix("\r\u{1B}[K"))
    #expect(output.text.contains("PHOTOGRAPH"))
  }

  @Test("content is downloaded into a file that only its owner reads, and goes on where it was")
  func download() async throws {
    let content = Self.content(30_000)
    let double = EvidenceDouble(content: content)
    for begun in [0, 1, 29_999] {
      let path = try Self.path()
      if begun > 0 { try content.prefix(begun).write(to: URL(filePath: path + ".part")) }
      let command = try parse(EvidenceDownloadCommand.self, "evidence download \(Self.name) \(path)")
      try await double.serve { client in
        try await command.perform(client, .defaults, to: output.console(), notes: notes.console())
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == content)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(begun > 0 || mode == 0o600)
      #expect(!FileManager.default.fileExists(atPath: path + ".part"))
      // What is there is not overwritten.
      let again = await #expect(throws: CommandFailure.self) {
        try await double.serve { client in
          try await command.perform(client, .defaults, to: output.console(), notes: notes.console())
        }
      }
      #expect(again?.status == .inputOutput)
    }
    #expect(double.offsets == [0, 1, 29_999])
  }

  @Test("what came otherwise than it should have is not kept")
  func damaged() async throws {
    let double = EvidenceDouble(content: Self.content(2_000), lastByte: 0xFF)
    let path = try Self.path()
    let command = try parse(EvidenceDownloadCommand.self, "evidence download \(Self.name) \(path)")
    let failure = await #expect(throws: CommandFailure.self) {
      try await double.serve { client in
        try await command.perform(client, .defaults, to: output.console(), notes: notes.console())
      }
    }
    #expect(failure?.status == .badData)
    for left in [path, path + ".part"] { #expect(!FileManager.default.fileExists(atPath: left)) }
  }
}
