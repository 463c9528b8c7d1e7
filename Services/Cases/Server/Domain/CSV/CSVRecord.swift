/// One record of a CSV file.
struct CSVRecord: Hashable, Sendable {
  /// Line on which it begins, the first being 1.
  var line: Int
  var fields: [String]
}
