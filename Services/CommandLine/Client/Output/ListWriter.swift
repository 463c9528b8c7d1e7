import SwiftProtobuf

/// Writes a list of records in the format asked for, page by page: CSV and JSON as the pages come, a
/// table when its columns' widths are known.
struct ListWriter<Row> {
  private let format: OutputFormat
  private let tabled: [Column<Row>]
  private let listed: [Column<Row>]
  private let json: (Row) throws -> String
  private let console: Console
  private var table: TextTable
  private var count = 0

  /// - Parameter json: One record in one line of JSON.
  init(
    _ format: OutputFormat, columns: [Column<Row>], to console: Console, json: @escaping (Row) throws -> String
  ) {
    self.format = format
    self.json = json
    self.console = console
    tabled = columns.filter { $0.audience != .programs }
    listed = columns.filter { $0.audience != .people }
    table = TextTable(header: tabled.map { ($0.title, $0.alignment) })
  }

  /// Adds records.
  ///
  /// - Throws: ``CommandFailure`` when the output cannot be written.
  mutating func append(_ rows: [Row]) throws {
    for row in rows {
      switch format {
      case .table: table.append(tabled.map { $0.value(row) })
      case .csv: try console.write((count == 0 ? header : "") + CSVText.record(listed.map { $0.value(row) }))
      case .json: try console.write((count == 0 ? "[\n" : ",\n") + json(row))
      }
      count += 1
    }
  }

  /// Ends the list; an empty one is written too, as what it is.
  mutating func finish() throws {
    switch format {
    case .table: try console.write(count == 0 ? "Nothing found.\n" : table.text(fitting: console.columns))
    case .csv: if count == 0 { try console.write(header) }
    case .json: try console.write(count == 0 ? "[]\n" : "\n]\n")
    }
  }

  private var header: String { CSVText.record(listed.map(\.name)) }
}

extension ListWriter where Row: Message {
  init(_ format: OutputFormat, columns: [Column<Row>], to console: Console) {
    self.init(format, columns: columns, to: console, json: { try JSONText.line($0) })
  }
}
