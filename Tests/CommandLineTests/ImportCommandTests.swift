import ArgumentParser
import Foundation
import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CommandLineClient

@Suite("Import")
struct ImportCommandTests {
  private let register = RegisterDouble()
  private let output = ConsoleRecorder()
  private let progress = ConsoleRecorder()

  /// Imports a file of that many bytes.
  private func run(_ arguments: [String] = [], bytes: Int) async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv").path
    #expect(FileManager.default.createFile(atPath: path, contents: Data(repeating: 0x61, count: bytes)))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let command = try ImportUNFatalitiesCommand.parse([path] + arguments)
    let upload = try FileUpload(path: path)
    let configuration = try command.configuration(of: upload)
    try await register.serve { client in
      try await command.perform(
        client, .defaults, configuration, upload, to: output.console(), progress: progress.console(isTerminal: true)
      )
    }
  }

  @Test("a file goes in chunks, announced with size and digest")
  func chunks() async throws {
    try await run(["--publication-date", "2025-04-04", "--validate-only"], bytes: 300_000)
    let taken = try #require(register.imports.taken.first)
    #expect(taken.bytes == 300_000)
    #expect(taken.chunks == 3)
    #expect(taken.config.fileSizeBytes == 300_000)
    #expect(taken.config.fileSha256.count == 32)
    #expect(taken.config.validateOnly)
    #expect(UUID(uuidString: taken.config.requestID) != nil)
    #expect(output.text.hasPrefix("Checked the publication of 2025-04-04; nothing was kept. It would do this:\n"))
    #expect(progress.text.contains("100 % of 300 kB"))
    #expect(progress.text.hasSuffix("\r\u{1B}[K"))
  }

  @Test("a refused file ends with the status of bad data")
  func refused() async throws {
    let failure = await #expect(throws: CommandFailure.self) { try await run(bytes: 0) }
    #expect(failure?.status == .badData)
    #expect(failure?.reason == "The file has no rows.")
  }

  @Test("what is not a file is said before anything is sent", arguments: ["/nowhere/at/all.csv", "/tmp"])
  func noFile(_ path: String) {
    let failure = #expect(throws: CommandFailure.self) { try FileUpload(path: path) }
    #expect(failure?.status == .notFound)
  }

  @Test("a publication date must be a whole date", arguments: ["2025", "2025-04", "yesterday"])
  func wrongDate(_ text: String) throws {
    let command = try ImportUNFatalitiesCommand.parse(["x.csv", "--publication-date", text])
    let upload = try FileUpload(path: "/dev/null")
    let failure = #expect(throws: CommandFailure.self) { try command.configuration(of: upload) }
    #expect(failure?.status == .usage)
  }

  @Test("the report counts, sums reclassifications and gives the reasons of refusals")
  func report() {
    let response = PBImportUNFatalitiesResponse.with {
      $0.importName = "imports/1"
      $0.publicationDate = .with {
        $0.year = 2025
        $0.month = 4
        $0.day = 4
      }
      $0.rows = .with {
        $0.created = 62
        $0.changed = 80
        $0.unchanged = 2998
        $0.refused = 1
      }
      $0.cases.created = 4
      $0.victims.created = 13
      $0.reclassifications = [
        .with {
          $0.from = .toBeDetermined
          $0.to = .maliciousAct
          $0.count = 7
        }
      ]
      $0.rowOutcomes = [
        .with {
          $0.row = 2
          $0.outcome = .created
        },
        .with {
          $0.row = 17
          $0.outcome = .refused
          $0.refusal = .with {
            $0.reason = .unknownMission
            $0.field = "mission_acronym"
            $0.description_p = "No XYZ."
          }
        },
      ]
    }
    #expect(
      ImportReport(response: response).text == """
        Imported the publication of 2025-04-04 as imports/1.

                 CREATED  CHANGED  UNCHANGED  WITHDRAWN  REFUSED
        rows          62       80       2998          0        1
        cases          4        0          0          0        0
        victims       13        0          0          0        0

        RECLASSIFIED FROM  TO             ROWS
        TO_BE_DETERMINED   MALICIOUS_ACT     7

        Refused rows:
        ROW  CASUALTY ID  REASON           FIELD            DESCRIPTION
         17  -            UNKNOWN_MISSION  mission_acronym  No XYZ.

        """
    )
  }

  @Test(
    "progress",
    arguments: [
      (0, 1_000, "f ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0 % of 1 kB"),
      (500, 1_000, "f ███████████████░░░░░░░░░░░░░░░ 50 % of 1 kB"),
      (2_340_000, 2_340_000, "f ██████████████████████████████ 100 % of 2.3 MB"),
      (0, 0, "f ██████████████████████████████ 100 % of 0 B"),
    ]
  )
  func bar(_ done: Int, _ total: Int, _ text: String) {
    #expect(ProgressBar.text("f", done, of: total) == text)
  }
}
