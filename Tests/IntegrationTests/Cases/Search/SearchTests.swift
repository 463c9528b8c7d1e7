import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("Searching cases")
struct SearchTests {
  @Test("a case is found by its number, mission, victims and by what is written of it, whatever the language")
  func found() async throws {
    try await CasesHarness.run(isExercise: true) { harness in
      _ = try await harness.generate(400, seed: 11)
      let some = try #require(try await harness.allCases("victim_count = 1").first)
      #expect(try await harness.search(some.displayNumber).map(\.name) == [some.name])
      let victim = try #require(try await harness.getCase(some.name).victims.first)
      #expect(try await harness.search(victim.casualtyID).map(\.name) == [some.name])
      for query in ["ambushes", "embuscades", "emboscada", "расследования", "التحقيق", "伏击", "Avenmoor 伏击"] {
        let found = try await harness.search(query)
        #expect(!found.isEmpty && found.count < 400, "\(query): \(found.count)")
      }
      let both = try await harness.search("Avenmoor 伏击").map(\.name)
      let either = try await harness.search("伏击").map(\.name)
      #expect(Set(both).isSubset(of: either))
      #expect(try await harness.search("zzyzx").isEmpty)
    }
  }

  @Test("pages join up, filters hold and facets count what is found")
  func pagesAndFacets() async throws {
    try await CasesHarness.run(isExercise: true) { harness in
      _ = try await harness.generate(300, seed: 12)
      let all = try await harness.search("exercise mission", pageSize: 500)
      #expect(all.count == 300)
      #expect(try await harness.search("exercise mission", pageSize: 17).map(\.name) == all.map(\.name))
      #expect(try await harness.allCases().map(\.name) == all.map(\.name))
      let filtered = try await harness.search("exercise mission", filter: "state = CLOSED")
      #expect(filtered.map(\.name) == all.filter { $0.state == .closed }.map(\.name) && !filtered.isEmpty)
      for client in [Enrolled.officer, "qma", "qmb"] {
        try await harness.enrolExerciseStates()
        let seen = try await harness.search("exercise", as: client)
        let response = try await harness.searches.searchCases(
          .with {
            $0.query = "exercise"
            $0.facets = [.mission, .year, .act, .state]
          }, metadata: caller(client))
        #expect(Self.counts(response, .mission) == Self.counts(seen) { String($0.mission.dropFirst(9)) })
        #expect(Self.counts(response, .year) == Self.counts(seen) { String($0.incidentDate.year) })
        #expect(Self.counts(response, .state).values.reduce(0, +) == seen.count && !seen.isEmpty)
      }
    }
  }

  private static func counts(_ response: PBSearchCasesResponse, _ facet: PBCaseFacet) -> [String: Int] {
    let values = response.facets.first { $0.facet == facet }?.values ?? []
    return Dictionary(values.map { ($0.value, Int($0.caseCount)) }) { $0 + $1 }
  }

  private static func counts(_ cases: [PBCase], by value: (PBCase) -> String) -> [String: Int] {
    Dictionary(cases.map { (value($0), 1) }) { $0 + $1 }
  }

  @Test("a State finds none but its own cases, and those by no text that it does not see")
  func parity() async throws {
    try await CasesHarness.run(isExercise: true) { harness in
      _ = try await harness.generate(500, seed: 13)
      try await harness.enrolExerciseStates()
      for client in ["qma", "qmb", "qmn"] {
        let visible = Set(try await harness.allCases(as: client).map(\.name))
        let found = Set(try await harness.search("exercise", as: client).map(\.name))
        #expect(found == visible && !found.isEmpty, "\(client)")
      }
    }
  }

  /// Each class of text by itself: what one reader finds by it, another, from whom it is redacted, does not.
  @Test("a hit reveals nothing of a text that is redacted")
  func redacted() async throws {
    try await CasesHarness.run(isExercise: true) { harness in
      _ = try await harness.generate(700, seed: 14)
      try await harness.enrolExerciseStates()
      try await harness.markTexts()
      let (host, contributor) = ("qma", "qno")
      // By the policy: a contributor sees of suspects a pseudonym, of communications a summary, of others' victims a number.
      for (word, finds) in [("suspectword", false), ("letterword", false), ("factword", true)] {
        let officers = try await Set(harness.search(word).map(\.name))
        #expect(!officers.isEmpty)
        let own = try await Set(harness.search("exercise", as: contributor).map(\.name))
        let found = try await Set(harness.search(word, as: contributor).map(\.name))
        #expect(found == (finds ? officers.intersection(own) : []), "\(word)")
        #expect(!finds || !found.isEmpty)
      }
      // Its own letters, and nobody else's.
      let letters = try await harness.search("letterword", as: host)
      #expect(!letters.isEmpty)
      // A victim under embargo is found by nobody but headquarters, its number by no other State.
      try await harness.name("embargoed", the: "v.is_embargoed")
      #expect(try await harness.search("embargoed").count == 1)
      #expect(try await harness.search("embargoed", as: host).isEmpty)
      try await harness.name(
        "foreignone",
        the: """
          NOT v.is_embargoed AND NOT 'QNO' = ANY(v.owners)
          AND EXISTS (SELECT FROM case_relation_records r WHERE r.case_id = v.case_id AND r.party = 'QNO')
          """)
      #expect(try await harness.search("foreignone").count == 1)
      #expect(try await harness.search("foreignone", as: contributor).isEmpty)
      try await harness.name(
        "oneofours",
        the: """
          NOT v.is_embargoed AND 'QNO' = ANY(v.owners)
          AND EXISTS (SELECT FROM case_relation_records r WHERE r.case_id = v.case_id AND r.party = 'QNO')
          """)
      #expect(try await harness.search("oneofours", as: contributor).count == 1)
    }
  }

  @Test("texts follow their records and relations")
  func settled() async throws {
    try await CasesHarness.run(isExercise: true) { harness in
      _ = try await harness.generate(100, seed: 15)
      try await harness.name("someone", the: "NOT v.withdrawn")
      #expect(try await harness.search("someone").count == 1)
      try await harness.run("UPDATE victims SET withdrawn = true WHERE casualty_id = 'someone'")
      #expect(try await harness.search("someone").isEmpty)
      try await harness.run(
        "UPDATE victims SET withdrawn = false, casualty_id = 'CHANGED-1' WHERE casualty_id = 'someone'")
      #expect(try await harness.search("CHANGED-1").count == 1)
      #expect(try await harness.search("someone").isEmpty)
      let stale = """
        case_texts t WHERE t.parties <> ARRAY(SELECT DISTINCT r.party FROM case_relations r WHERE r.case_id = t.case_id ORDER BY 1)
        """
      #expect(try await harness.count(stale) == 0)
      let accused = """
        case_texts t JOIN suspects s ON s.id = t.id WHERE t.owners <> ARRAY(SELECT DISTINCT p.party FROM tracks k
        JOIN proceedings p ON p.id = k.proceeding_id WHERE k.suspect_id = s.id ORDER BY 1)
        """
      #expect(try await harness.count(accused) == 0)
      #expect(try await harness.count("suspects") > 0)
    }
  }

  @Test(
    "what cannot be looked for is refused",
    arguments: [
      "", String(repeating: "a", count: 201), "the of and", "a\u{0}b",
      Array(repeating: "xy", count: 17).joined(separator: " "),
    ])
  func refused(_ query: String) async throws {
    try await CasesHarness.run { harness in
      let refused = try await failure { try await harness.search(query) }
      #expect(refused?.code == .invalidArgument && refused?.reason == "INVALID_FIELD")
    }
  }

  @Test("a token is of its query")
  func tokens() async throws {
    try await CasesHarness.run(isExercise: true) { harness in
      _ = try await harness.generate(20, seed: 16)
      let page = try await harness.searches.searchCases(
        .with {
          $0.query = "exercise"
          $0.pageSize = 5
        }, metadata: caller(Enrolled.officer))
      #expect(page.cases.count == 5)
      let refused = try await failure {
        try await harness.searches.searchCases(
          .with {
            $0.query = "mission"
            $0.pageToken = page.nextPageToken
          }, metadata: caller(Enrolled.officer))
      }
      #expect(refused?.reason == "PAGE_TOKEN_MISMATCH")
    }
  }
}

extension CasesHarness {
  /// All that is found, page by page.
  func search(
    _ query: String, filter: String = "", pageSize: Int32 = 500, as client: String = Enrolled.officer
  ) async throws -> [PBCase] {
    var request = PBSearchCasesRequest.with {
      $0.query = query
      $0.filter = filter
      $0.pageSize = pageSize
    }
    var all: [PBCase] = []
    repeat {
      let page = try await searches.searchCases(request, metadata: caller(client))
      all += page.cases
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return all
  }

  /// Lets States of the exercise read.
  func enrolExerciseStates() async throws {
    try change { snapshot in
      for state in ["QMA", "QMB", "QMC", "QMN", "QNO"]
      where !snapshot.principals.contains(where: { $0.subject.party.description == state }) {
        snapshot.principals.append(
          try Enrolled.enrolment(state.lowercased(), state, Enrolled.stateRoles, .confidential))
      }
    }
  }

  /// Adds a word to the texts of each class.
  fileprivate func markTexts() async throws {
    try await run(
      """
      UPDATE case_texts SET forms = forms || CASE data_class WHEN 5 THEN 'suspectword' WHEN 10 THEN 'letterword'
        WHEN 11 THEN 'factword' END WHERE data_class IN (5, 10, 11)
      """)
  }

  /// Gives a victim, one of whom the condition holds, a word of its own for its casualty_id.
  fileprivate func name(_ word: String, the condition: String) async throws {
    let chosen = "SELECT v.id FROM victims v WHERE \(condition) ORDER BY v.id LIMIT 1"
    try await run("UPDATE victims SET casualty_id = '\(word)' WHERE id = (\(chosen))")
    #expect(try await count("victims WHERE casualty_id = '\(word)'") == 1)
  }
}
