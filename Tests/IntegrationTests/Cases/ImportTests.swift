import Foundation
import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@Suite("Import of the fatalities over PostgreSQL")
struct ImportTests {
  @Test func bothPublications() async throws {
    try await CasesHarness.run { harness in
      let first = try await harness.importFile(Files.publication2023())
      #expect(
        first.publicationDate
          == .with {
            $0.year = 2023; $0.month = 11; $0.day = 28
          })
      #expect(first.rows == .with { $0.created = 3078 })
      #expect(first.cases == .with { $0.created = 418 })
      #expect(first.victims == .with { $0.created = 786 })
      #expect(first.rowOutcomes.count == 3078)
      #expect(try await harness.count("fatality_records") == 3078)
      #expect(try await harness.count("cases") == 418)

      let again = try await harness.importFile(Files.publication2023())
      #expect(again.rows == .with { $0.unchanged = 3078 })
      #expect(again.cases == .with { $0.unchanged = 418 })
      #expect(again.victims == .with { $0.unchanged = 786 })
      #expect(try await harness.count("fatality_events") == 3078)

      let second = try await harness.importFile(Files.publication2025())
      Self.expectTheDifference(second)
      #expect(try await harness.count("fatality_records") == 3140)
      #expect(try await harness.count("victims WHERE NOT withdrawn") == 799)
      #expect(try await harness.count("cases WHERE state <> 5") == 429)
      #expect(
        try await harness.count(
          "cases c WHERE victim_count <> (SELECT count(*) FROM victims v WHERE v.case_id = c.id AND NOT v.withdrawn)"
        ) == 0
      )

      let older = try await failure { try await harness.importFile(Files.publication2023()) }
      #expect(older?.code == .failedPrecondition && older?.reason == "PUBLICATION_SUPERSEDED")
      #expect(older?.metadata == ["latest": "2025-04-04"])
      let last = try await harness.importFile(Files.publication2025())
      #expect(last.rows == .with { $0.unchanged = 3140 })
    }
  }

  /// What the later publication brings, as counted from the files themselves.
  private static func expectTheDifference(_ response: PBImportUNFatalitiesResponse) {
    #expect(
      response.rows
        == .with {
          $0.created = 62; $0.changed = 80; $0.unchanged = 2998
        })
    let reclassified = response.reclassifications.map { [Int32($0.from.rawValue), Int32($0.to.rawValue), $0.count] }
    // Malicious act 1, accident 2, illness 3, self-inflicted 4, to be determined 5, unknown 6.
    #expect(reclassified == [[5, 3, 44], [6, 3, 11], [5, 1, 7], [5, 2, 6], [5, 4, 5], [5, 6, 5]])
    #expect(response.reclassifications.reduce(0) { $0 + $1.count } == 78)
    func count(_ field: String) -> Int {
      response.rowOutcomes.count { $0.changes.contains { $0.field == field } }
    }
    #expect(count("gender") == 3)
    #expect(count("casualty_nationality") == 2)
    #expect(response.rowOutcomes.allSatisfy { $0.outcome != .changed || !$0.changes.isEmpty })
    let verified = response.rowOutcomes.filter { $0.outcome == .changed && $0.scope == .in }
    #expect(verified.count { $0.changes.contains { $0.field == "type_of_incident" } } == 7)
    #expect(verified.allSatisfy { $0.case.hasPrefix("cases/") })
  }

  @Test func keepsTheHistoryOfARecord() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.publication2023())
      _ = try await harness.importFile(Files.publication2025())
      #expect(try await harness.count("fatality_events WHERE kind = 2") == 80)
      #expect(
        try await harness.count(
          """
          fatality_events WHERE kind = 2 AND publication_date = 20250404 AND changes @> \
          '[{"field": "type_of_incident", "old": "To Be Determined", "new": "Malicious Act"}]'
          """
        ) == 7
      )
    }
  }

  @Test func writesNothingWhenOnlyValidating() async throws {
    try await CasesHarness.run { harness in
      let response = try await harness.importFile(Files.publication2023()) { $0.validateOnly = true }
      #expect(response.validateOnly && response.importName.isEmpty && !response.hasImportTime)
      #expect(response.rows.created == 3078 && response.cases.created == 418)
      #expect(response.rowOutcomes.allSatisfy { $0.case.isEmpty })
      for table in ["imports", "fatality_records", "cases", "victims", "fatality_events"] {
        #expect(try await harness.count(table) == 0)
      }
    }
  }

  @Test func answersARepeatedRequestAlike() async throws {
    try await CasesHarness.run { harness in
      let id = UUID().uuidString.lowercased()
      let file = Array(Files.exercise(3).utf8)
      let first = try await harness.importFile(file) { $0.requestID = id }
      let second = try await harness.importFile(file) { $0.requestID = id }
      #expect(first == second && first.rows.created == 3)
      #expect(try await harness.count("imports") == 1)

      let other = Array(Files.exercise(4).utf8)
      let reused = try await failure { try await harness.importFile(other) { $0.requestID = id } }
      #expect(reused?.code == .invalidArgument && reused?.reason == "REQUEST_ID_REUSED")
      let elsewhere = try await failure {
        try await harness.importFile(file) {
          $0.requestID = id
          $0.source = "another"
        }
      }
      #expect(elsewhere?.reason == "REQUEST_ID_REUSED")
    }
  }

  @Test func twoAtOnceAreOneAfterTheOther() async throws {
    try await CasesHarness.run { harness in
      let responses = try await withThrowingTaskGroup(of: PBImportUNFatalitiesResponse.self) { group in
        for _ in 0..<2 { group.addTask { try await harness.importFile(Files.publication2025()) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(responses.map(\.rows.created)) == [0, 3140])
      #expect(Set(responses.map(\.rows.unchanged)) == [0, 3140])
      #expect(try await harness.count("cases") == 429)
    }
  }

  @Test func aStreamCutHalfWayWritesNothing() async throws {
    struct Cut: Error {}
    try await CasesHarness.run { harness in
      let messages = CasesHarness.messages(.init(), try Files.publication2025())
      await #expect(throws: (any Error).self) {
        try await harness.imports.importUNFatalities { writer in
          for message in messages.prefix(4) { try await writer.write(message) }
          throw Cut()
        }
      }
      #expect(try await harness.count("imports") == 0)
      #expect(try await harness.count("fatality_records") == 0)
      // The lock is free and the register sound.
      #expect(try await harness.importFile(Files.publication2025()).rows.created == 3140)
    }
  }

  @Test func refusesRowsAndTakesTheRest() async throws {
    try await CasesHarness.run { harness in
      let text = Files.exercise(3)
        .replacing("UNTSO-1949-01-10001,UNTSO", with: "UNTSO-1949-01-10001,NOMISSION")
      let response = try await harness.importFile(Array(text.utf8))
      #expect(
        response.rows
          == .with {
            $0.created = 2; $0.refused = 1
          })
      let refused = try #require(response.rowOutcomes.first { $0.outcome == .refused })
      #expect(refused.row == 3 && refused.refusal.reason == .unknownMission)
      #expect(refused.refusal.field == "mission_acronym" && refused.casualtyID == "UNTSO-1949-01-10001")
      #expect(try await harness.count("import_refusals") == 1)
    }
  }

  @Test func guardsAgainstAnExcerpt() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(100).utf8))
      let excerpt = Array(Files.exercise(97, published: "2020-02-01").utf8)
      let refused = try await failure { try await harness.importFile(excerpt) }
      #expect(refused?.code == .failedPrecondition && refused?.reason == "TOO_MANY_WITHDRAWN_ROWS")
      #expect(refused?.metadata == ["withdrawn": "3"])
      #expect(try await harness.count("imports") == 1)
      let allowed = try await harness.importFile(excerpt) { $0.allowManyWithdrawals = true }
      #expect(
        allowed.rows
          == .with {
            $0.unchanged = 97; $0.withdrawn = 3
          })
      #expect(allowed.rowOutcomes.filter { $0.outcome == .withdrawn }.count == 3)
      let back = try await harness.importFile(Array(Files.exercise(100, published: "2020-03-01").utf8))
      #expect(
        back.rows
          == .with {
            $0.changed = 3; $0.unchanged = 97
          })
      #expect(try await harness.count("victims WHERE NOT withdrawn") == 100)
    }
  }

  @Test func checksTheAnnouncedDate() async throws {
    try await CasesHarness.run { harness in
      let file = Array(Files.exercise(1).utf8)
      let wrong = try await failure {
        try await harness.importFile(file) {
          $0.publicationDate = .with {
            $0.year = 2019; $0.month = 1; $0.day = 1
          }
        }
      }
      #expect(wrong?.reason == "PUBLICATION_DATE_MISMATCH")
      let response = try await harness.importFile(file) {
        $0.publicationDate = .with {
          $0.year = 2020; $0.month = 1; $0.day = 1
        }
      }
      #expect(response.rows.created == 1)
    }
  }
}
