import Postgres
import Testing

@testable import CasesServer

/// How much of what is meant is found, and that nothing else is.
@Suite("Words of the six languages")
struct SearchRecallTests {
  @Test(arguments: RecallTexts.languages.indices)
  func recall(_ index: Int) async throws {
    let language = RecallTexts.languages[index]
    try await CasesHarness.run { harness in
      var (found, other, missed) = (0, 0, [String]())
      for (query, expected) in language.queries {
        let hits = try await Self.articles(language, query, harness)
        found += hits.intersection(expected).count
        other += hits.subtracting(expected).count
        if !expected.isSubset(of: hits) { missed.append(query) }
      }
      #expect(found >= language.hits && other == 0, "\(language.name): \(found) found, \(other) others")
      #expect(missed == language.unfound, "\(language.name)")
    }
  }

  /// What the technique is for: whole words alone find almost nothing.
  @Test func wholeWordsAlone() async throws {
    try await CasesHarness.run { harness in
      var (found, meant) = (0, 0)
      for language in RecallTexts.languages {
        for (query, expected) in language.queries {
          let words = "string_to_array(search_text(\(quoted(query))), ' ')"
          let texts = expected.map { "string_to_array(search_text(\(quoted(language.articles[$0] ?? ""))), ' ')" }
          for text in texts { found += try await harness.count("(SELECT 1) t WHERE \(text) @> \(words)") == 1 ? 1 : 0 }
          meant += expected.count
        }
      }
      #expect(found < meant / 5, "\(found) of \(meant)")
    }
  }

  private static func articles(
    _ language: RecallTexts.Language, _ query: String, _ harness: CasesHarness
  ) async throws -> Set<Int> {
    var hits: Set<Int> = []
    for (number, text) in language.articles {
      let forms = "search_forms(search_text(\(quoted(text))))"
      let words = "(SELECT search_words(\(quoted(query))) AS forms) w"
      let (all, missing) = (
        try await harness.count(words), try await harness.count("\(words) WHERE NOT w.forms && \(forms)")
      )
      if all > 0, missing == 0 { hits.insert(number) }
    }
    return hits
  }
}

/// As a literal of SQL.
private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
