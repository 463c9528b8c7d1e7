import SwiftProtobuf

/// Writes one record: as JSON or CSV like a list of one, for people as lines of name and value.
struct RecordWriter<Row: Message> {
  let format: OutputFormat
  private let columns: [Column<Row>]
  let console: Console

  init(format: OutputFormat, columns: [Column<Row>], console: Console) {
    self.format = format
    self.columns = columns.filter { $0.audience != .people }
    self.console = console
  }

  /// - Parameter appendix: What follows the lines for people, such as a table of parts.
  /// - Throws: ``CommandFailure`` when the output cannot be written.
  func write(_ row: Row, appendix: String = "") throws {
    switch format {
    case .json: try console.write(JSONText.line(row) + "\n")
    case .csv:
      try console.write(CSVText.record(columns.map(\.name)) + CSVText.record(columns.map { $0.value(row) }))
    case .table:
      try console.write(Self.lines(columns.map { ($0.title, $0.value(row)) }) + appendix)
    }
  }

  /// Names in one column, values in the next; empty values are left out.
  static func lines(_ pairs: [(name: String, value: String)]) -> String {
    let shown = pairs.filter { !$0.value.isEmpty }
    let width = shown.map(\.name.displayWidth).max() ?? 0
    return shown.map { pair in
      pair.name + String(repeating: " ", count: width - pair.name.displayWidth + 2) + pair.value + "\n"
    }.joined()
  }
}
