/// One column of a listing: a field of a record as people and programs see it.
struct Column<Row>: Sendable {
  /// Who is shown the column.
  enum Audience: Sendable {
    case all
    /// Readers of tables.
    case people
    /// Readers of CSV, and of a single record.
    case programs
  }

  /// The name in a CSV header; a table shows it in capitals, with spaces.
  let name: String
  let alignment: TextTable.Alignment
  let audience: Audience
  let value: @Sendable (Row) -> String

  init(
    _ name: String,
    _ alignment: TextTable.Alignment = .left,
    for audience: Audience = .all,
    value: @escaping @Sendable (Row) -> String
  ) {
    self.name = name
    self.alignment = alignment
    self.audience = audience
    self.value = value
  }

  /// The name as a table shows it.
  var title: String { name.uppercased().replacing("_", with: " ") }
}
