import Policy

/// The words of a search, and by which texts its reader finds.
struct CaseSearch: Sendable {
  /// Of each word the forms of which a text must have one.
  var words: [[String]]
  var lens: TextLens

  /// One condition for each word: that a text has it which the reader sees.
  func conditions(_ scope: ReadScope, _ parameters: inout ListParameters) -> [String] {
    let near = Self.near(scope, &parameters)
    let seen = seen(&parameters)
    return words.flatMap { forms in
      let has = "t.forms && \(parameters.add(forms))"
      // The first says less than the second, so that the database can begin with it.
      let candidates = "c.id IN (SELECT t.case_id FROM case_texts t WHERE \(has)\(near))"
      return [candidates, "EXISTS (SELECT FROM case_texts t WHERE t.case_id = c.id AND \(has) AND (\(seen)))"]
    }
  }

  /// Narrows texts to those of cases that the reader has to do with.
  private static func near(_ scope: ReadScope, _ parameters: inout ListParameters) -> String {
    guard !scope.seesAll else { return "" }
    let related = "t.parties && \(parameters.add(scope.parties.map(\.description)))"
    guard !scope.cases.isEmpty else { return " AND \(related)" }
    return " AND (\(related) OR t.case_id = ANY(\(parameters.add(scope.cases))))"
  }

  private func seen(_ parameters: inout ListParameters) -> String {
    guard !lens.classes.isEmpty else { return "false" }
    return lens.classes.map { dataClass, seen in
      "t.data_class = \(dataClass.rawValue) AND (\(parameters.add(seen, records: "t")))"
    }.joined(separator: " OR ")
  }
}
