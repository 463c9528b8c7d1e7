extension String {
  /// The candidate that is most like this text, if one is near enough to be a likely misspelling: at
  /// most a third of the text differs.
  func closest(in candidates: [String]) -> String? {
    let ranked = candidates.map { ($0, editDistance(to: $0)) }.min { $0.1 < $1.1 }
    guard let (candidate, distance) = ranked, distance * 3 <= count else { return nil }
    return candidate
  }

  /// Levenshtein's distance: the least number of insertions, deletions and substitutions.
  func editDistance(to other: String) -> Int {
    let target = Array(other)
    var row = Array(0...target.count)
    for (line, character) in enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in target.indices {
        let substituted = diagonal + (character == target[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = Swift.min(substituted, row[column] + 1, diagonal + 1)
      }
    }
    return row[target.count]
  }
}
