/// One column of a listing: a field of a record as people and programs see it.
struct Column<Row>: Sendable {
  /// The name in a CSV header; a table shows it in capitals, with spaces.
  let name: String
  let alignment: TextTable.Alignment
  /// Whether the table leaves the column out, because only programs want it.
  let isHiddenInTables: Bool
  let value: @Sendable (Row) -> String

  init(
    _ name: String,
    _ alignment: TextTable.Alignment = .left,
    isHiddenInTables: Bool = false,
    value: @escaping @Sendable (Row) -> String
  ) {
    self.name = name
    self.alignment = alignment
    self.isHiddenInTables = isHiddenInTables
    self.value = value
  }

  /// The name as a table shows it.
  var title: String { name.uppercased().replacing("_", with: " ") }
}
