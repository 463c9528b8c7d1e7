import Foundation
import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("ListCases over the real register")
struct ListCasesTests {
  /// A case as the oracle sees it: read back in full, filtered in Swift.
  private typealias Test = @Sendable (PBCase) -> Bool

  private static func day(_ value: PBCase) -> String {
    let date = value.incidentDate
    return String(format: "%04d-%02d-%02d", date.year, date.month, date.day)
  }

  /// One condition of each kind with what it means.
  private static func condition(_ random: inout some RandomNumberGenerator) -> (String, Test) {
    switch Int.random(in: 0..<10, using: &random) {
    case 0:
      let mission = ["MINUSMA", "ONUC", "UNIFIL", "UNEF"].randomElement(using: &random) ?? ""
      return ("mission = \(mission)", { $0.mission == "missions/" + mission.lowercased() })
    case 1:
      let state = ["MLI", "COD", "LBN", "SDN", "XKX"].randomElement(using: &random) ?? ""
      return ("host_state = \(state)", { $0.hostStates.contains(state) })
    case 2:
      let state = ["IND", "BGD", "FRA", "TCD", "SCG", "CIV"].randomElement(using: &random) ?? ""
      return ("nationality = \"\(state)\"", { $0.victims.contains { $0.nationality.code == state } })
    case 3:
      return ("category : CIV_NATIONAL", { $0.victims.contains { $0.category == .civNational } })
    case 4:
      return (
        "personnel_group != MILITARY",
        { !$0.victims.contains { [.milContingent, .milObserver, .milStaffOfficer].contains($0.category) } }
      )
    case 5:
      let year = Int.random(in: 1955...2024, using: &random)
      return ("incident_date >= \(year)", { day($0) >= String(year) })
    case 6:
      let year = Int.random(in: 1955...2024, using: &random)
      return ("incident_date < \(year)-06", { day($0) < "\(year)-06" })
    case 7:
      let year = Int.random(in: 1960...2020, using: &random)
      return ("incident_date = \(year)", { day($0).hasPrefix("\(year)-") })
    case 8:
      let count = Int32.random(in: 1...6, using: &random)
      return ("victim_count > \(count)", { $0.victimCount > count })
    default:
      return ("mission_kind = PEACEKEEPING_OPERATION", { !otherMissions.contains($0.mission) })
    }
  }

  private static let otherMissions: Set<String> = [
    "missions/unama", "missions/unami", "missions/unohci", "missions/ungci", "missions/unsma", "missions/unsmil",
    "missions/unsom", "missions/unsos", "missions/unsecretariat", "missions/unamet", "missions/micah",
    "missions/bonuca", "missions/unvmc", "missions/binuh", "missions/unitams", "missions/unma", "missions/unmao",
    "missions/unpos", "missions/unowa", "missions/unoau", "missions/uniosil", "missions/osesyria",
  ]

  private static func filter(
    _ depth: Int,
    _ random: inout some RandomNumberGenerator
  ) -> (String, Test) {
    guard depth > 0 else { return condition(&random) }
    let (left, isLeft) = filter(depth - 1, &random)
    let (right, isRight) = filter(depth - 1, &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return ("(\(left)) AND (\(right))", { isLeft($0) && isRight($0) })
    case 1: return ("((\(left)) OR (\(right)))", { isLeft($0) || isRight($0) })
    case 2: return ("NOT (\(left))", { !isLeft($0) })
    default: return ("(\(left)) \(right)", { isLeft($0) && isRight($0) })
    }
  }

  /// Whatever the filter, order and page size: the pages together are what filtering everything by hand gives.
  @Test func agreesWithFilteringByHand() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.publication2025())
      let everything = try await harness.allCases(pageSize: 100, view: .full)
      #expect(everything.count == 429)
      var random = SystemRandomNumberGenerator()
      for round in 0..<150 {
        let (text, test) = Self.filter(round % 3, &random)
        let isAscending = Bool.random(using: &random)
        let expected = everything.filter(test).sorted { left, right in
          let isBefore = (Self.day(left), left.name) < (Self.day(right), right.name)
          return isAscending ? isBefore : !isBefore
        }
        let found = try await harness.allCases(
          text,
          orderBy: isAscending ? "incident_date" : "",
          pageSize: Int32.random(in: 1...60, using: &random),
          view: .full
        )
        #expect(found.map(\.name) == expected.map(\.name), "\(text)")
        #expect(found == expected)
      }
    }
  }

  @Test func pages() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(20).utf8))
      func page(_ size: Int32, _ token: String = "") async throws -> PBListCasesResponse {
        try await harness.cases.listCases(
          .with {
            $0.pageSize = size; $0.pageToken = token
          })
      }
      #expect(try await page(0).cases.count == 20)
      #expect(try await page(20).nextPageToken.isEmpty)
      let first = try await page(15)
      #expect(first.cases.count == 15 && !first.nextPageToken.isEmpty)
      // A page may have another size than the one before.
      let second = try await page(500, first.nextPageToken)
      #expect(second.cases.count == 5 && second.nextPageToken.isEmpty)
      // Records that come in between neither repeat nor shift what follows.
      _ = try await harness.importFile(Array(Files.exercise(40, published: "2020-02-01").utf8))
      #expect(try await page(500, first.nextPageToken).cases.map(\.name) == second.cases.map(\.name))
    }
  }

  @Test func refusesBadRequests() async throws {
    let changes: [(String, @Sendable (inout PBListCasesRequest) -> Void)] = [
      ("INVALID_FIELD", { $0.pageSize = -1 }),
      ("INVALID_FIELD", { $0.view = .UNRECOGNIZED(9) }),
      ("INVALID_FILTER", { $0.filter = "weather = bad" }),
      ("INVALID_FILTER", { $0.filter = "mission" }),
      ("INVALID_FILTER", { $0.filter = "mission < MINUSMA" }),
      ("INVALID_FILTER", { $0.filter = "nationality = fra" }),
      ("INVALID_FILTER", { $0.filter = "nationality = \"FRA' OR true --\"" }),
      ("INVALID_FILTER", { $0.filter = "incident_date = yesterday" }),
      ("INVALID_FILTER", { $0.filter = "category = GENERAL" }),
      ("INVALID_FILTER", { $0.filter = "victim_count = 99999999999" }),
      ("INVALID_FILTER", { $0.filter = String(repeating: "(", count: 1999) }),
      ("INVALID_FILTER", { $0.filter = String(repeating: "x", count: 2001) }),
      ("INVALID_ORDER_BY", { $0.orderBy = "victim_count" }),
      ("INVALID_PAGE_TOKEN", { $0.pageToken = "AAAA" }),
    ]
    try await CasesHarness.run { harness in
      for (reason, change) in changes {
        var request = PBListCasesRequest()
        change(&request)
        let sent = request
        let refused = try await failure { try await harness.cases.listCases(sent) }
        #expect(refused?.code == .invalidArgument && refused?.reason == reason, "\(sent)")
      }
    }
  }

  @Test func refusesATokenOfAnotherList() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(5).utf8))
      let token = try await harness.cases.listCases(.with { $0.pageSize = 2 }).nextPageToken
      func reason(_ change: @escaping @Sendable (inout PBListCasesRequest) -> Void) async throws -> String? {
        var request = PBListCasesRequest.with { $0.pageToken = token }
        change(&request)
        let sent = request
        return try await failure { try await harness.cases.listCases(sent) }?.reason
      }
      #expect(try await reason { _ in } == nil)
      #expect(try await reason { $0.filter = "victim_count = 1" } == "PAGE_TOKEN_MISMATCH")
      #expect(try await reason { $0.orderBy = "incident_date" } == "PAGE_TOKEN_MISMATCH")
      #expect(try await reason { $0.view = .full } == "PAGE_TOKEN_MISMATCH")
      #expect(try await reason { $0.pageToken = String(token.dropLast()) } == "INVALID_PAGE_TOKEN")
      let missions = try await failure {
        try await harness.cases.listMissions(.with { $0.pageToken = token })
      }
      #expect(missions?.reason == "PAGE_TOKEN_MISMATCH")
    }
  }

  /// A value can hold anything; it is only ever a parameter.
  @Test func takesHostileValuesAsValues() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(2).utf8))
      for value in ["'; DROP TABLE cases; --", "$1", "%", "\\\\x00", "missions/../cases", "é"] {
        #expect(try await harness.allCases("mission = \"\(value)\"").isEmpty)
      }
      #expect(try await harness.count("cases") == 2)
    }
  }
}
