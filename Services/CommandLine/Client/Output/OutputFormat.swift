import ArgumentParser

/// How records are written.
enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
  /// Aligned columns for people.
  case table
  /// The messages' proto3 JSON; lists are one array, one element a line.
  case json
  /// RFC 4180, with a header.
  case csv
}
