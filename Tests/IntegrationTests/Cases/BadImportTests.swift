import Crypto
import Foundation
import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@Suite("Imports that must not happen")
struct BadImportTests {
  private struct BadFile: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var code: RPCError.Code
    var reason: String
    var row: String?

    init(
      _ name: String,
      _ bytes: [UInt8],
      _ reason: String,
      row: String? = nil,
      code: RPCError.Code = .invalidArgument
    ) {
      testDescription = name
      self.bytes = bytes
      self.reason = reason
      self.row = row
      self.code = code
    }
  }

  private static let good = Files.exercise(5)
  private static let laterRow = Files.exercise(6, published: "2021-01-01").split(separator: "\n")[6]

  private static let files: [BadFile] = [
    BadFile("nothing", [], "FILE_EMPTY"),
    BadFile("a header alone", Array("\(Files.header)\n".utf8), "FILE_EMPTY"),
    BadFile("another header", Array(good.replacing("gender", with: "sex").utf8), "FILE_HEADER_MISMATCH", row: "1"),
    BadFile("another data set", Array("Incident ID,Year,Month\n1,1997,1\n".utf8), "FILE_HEADER_MISMATCH", row: "1"),
    BadFile("a spreadsheet", [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00], "FILE_NOT_TEXT", row: "1"),
    BadFile("UTF-16", [0xFF, 0xFE] + good.utf8.flatMap { [$0, 0] }, "FILE_NOT_TEXT", row: "1"),
    BadFile("bad UTF-8", Array(good.utf8) + [0xC3, 0x28, 0x0A], "FILE_NOT_TEXT", row: "7"),
    BadFile("a truncated line", Array(good.utf8.dropLast(30)), "FILE_MALFORMED", row: "6"),
    BadFile("cut in the last field", Array(good.utf8.dropLast(3)), "PUBLICATION_DATE_MISMATCH", row: "6"),
    BadFile("an open quote", Array((good + "\"x").utf8), "FILE_MALFORMED", row: "7"),
    BadFile("a blank line", Array((good + "\n").utf8), "FILE_MALFORMED", row: "7"),
    BadFile("two publications", Array((good + laterRow).utf8), "PUBLICATION_DATE_MISMATCH", row: "7"),
    BadFile(
      "rows of nowhere", Array(Files.exercise(1001).replacing(",UNTSO,", with: ",NOMISSION,").utf8),
      "TOO_MANY_REFUSED_ROWS"),
    BadFile("too many rows", Array(Files.exercise(25_001).utf8), "FILE_TOO_LARGE", code: .outOfRange),
  ]

  @Test func refusesEachWithItsReasonAndWritesNothing() async throws {
    try await CasesHarness.run { harness in
      for file in Self.files {
        let refused = try await failure { try await harness.importFile(file.bytes) }
        #expect(refused?.code == file.code, "\(file.testDescription)")
        #expect(refused?.reason == file.reason, "\(file.testDescription)")
        if let row = file.row { #expect(refused?.metadata["row"] == row, "\(file.testDescription)") }
      }
      for table in ["imports", "fatality_records", "cases", "victims", "import_refusals"] {
        #expect(try await harness.count(table) == 0)
      }
    }
  }

  /// A file of 2 GB is refused as soon as its size is known: at once when it is announced, at the limit when not.
  /// (A file of other content is refused in its first lines, whatever its size.)
  @Test func refusesLargeFilesEarly() async throws {
    try await CasesHarness.run { harness in
      let announced = try await failure { try await harness.importFile([]) { $0.fileSizeBytes = 2 << 30 } }
      #expect(announced?.code == .outOfRange && announced?.reason == "FILE_TOO_LARGE")
      #expect(announced?.metadata == ["limit_bytes": "16777216"])

      // Bytes beyond the limit are not even looked at.
      let large = [UInt8](repeating: UInt8(ascii: "x"), count: (16 << 20) + 1)
      let message = PBImportUNFatalitiesRequest.with { $0.chunk = Data(large) }
      let unannounced = try await failure {
        try await harness.imports.importUNFatalities { writer in
          try await writer.write(.with { $0.config = .init() })
          try await writer.write(message)
        }
      }
      #expect(unannounced?.code == .outOfRange && unannounced?.reason == "FILE_TOO_LARGE")
      #expect(try await harness.count("imports") == 0)
    }
  }

  @Test func refusesAFileThatIsNotAllThere() async throws {
    try await CasesHarness.run { harness in
      let file = Array(Files.exercise(5).utf8)
      let whole = Int64(file.count)
      // Cut at the end of a line, it is a sound file: only the announcement tells.
      let lines = Files.exercise(5).split(separator: "\n", omittingEmptySubsequences: false)
      let cut = Array((lines.prefix(4).joined(separator: "\n") + "\n").utf8)
      let short = try await failure { try await harness.importFile(cut) { $0.fileSizeBytes = whole } }
      #expect(short?.code == .dataLoss && short?.reason == "FILE_INCOMPLETE")
      let long = try await failure { try await harness.importFile(file) { $0.fileSizeBytes = whole - 1 } }
      #expect(long?.reason == "FILE_INCOMPLETE")
      let digest = Data(SHA256.hash(data: file))
      let other = try await failure { try await harness.importFile(cut) { $0.fileSha256 = digest } }
      #expect(other?.reason == "FILE_INCOMPLETE")
      let sound = try await harness.importFile(file) {
        $0.fileSizeBytes = whole
        $0.fileSha256 = digest
      }
      #expect(sound.rows.created == 5 && sound.fileSha256 == digest)
    }
  }

  @Test func refusesBadConfigurations() async throws {
    let changes: [(String, @Sendable (inout PBImportUNFatalitiesConfig) -> Void)] = [
      ("INVALID_REQUEST_ID", { $0.requestID = "x" }),
      ("INVALID_REQUEST_ID", { $0.requestID = "0190b5a2-7c3e-7abc-8def-0123456789ab" }),
      ("INVALID_FIELD", { $0.source = String(repeating: "x", count: 501) }),
      ("INVALID_FIELD", { $0.source = "a\u{0}b" }),
      ("INVALID_FIELD", { $0.fileSha256 = Data([1, 2, 3]) }),
      ("INVALID_FIELD", { $0.fileSizeBytes = -1 }),
      ("INVALID_FIELD", { $0.publicationDate = .with { $0.year = 2020 } }),
      (
        "INVALID_FIELD",
        {
          $0.publicationDate = .with {
            $0.year = 2020; $0.month = 13; $0.day = 1
          }
        }
      ),
    ]
    try await CasesHarness.run { harness in
      for (reason, change) in changes {
        let refused = try await failure { try await harness.importFile(Array(Files.exercise(1).utf8), change) }
        #expect(refused?.code == .invalidArgument)
        #expect(refused?.reason == reason)
      }
      #expect(try await harness.count("imports") == 0)
    }
  }

  @Test func refusesMessagesOutOfOrder() async throws {
    let config = PBImportUNFatalitiesRequest.with { $0.config = .init() }
    let chunk = PBImportUNFatalitiesRequest.with { $0.chunk = Data(Files.exercise(1).utf8) }
    let empty = PBImportUNFatalitiesRequest()
    try await CasesHarness.run { harness in
      for messages in [
        [], [chunk], [chunk, config], [config, config], [config, chunk, config], [empty], [config, empty],
      ] {
        let refused = try await failure {
          try await harness.imports.importUNFatalities { writer in
            for message in messages { try await writer.write(message) }
          }
        }
        #expect(refused?.code == .invalidArgument && refused?.reason == "INVALID_STREAM")
      }
    }
  }
}
