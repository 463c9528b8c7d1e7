import AIP
import Policy
import Postgres

/// Puts several entries of one kind on record.
struct InsertEntries<Entry: CaseEntry>: PostgresStatement {
  typealias Row = Never
  static var name: String { "InsertEntries.\(Entry.table)" }
  var entries: ArraySlice<Entry>

  var sql: String {
    let width = Entry.columns.count
    let rows = entries.indices.map { index in
      let first = (index - entries.startIndex) * width
      return "(" + (1...width).map { "$\(first + $0)" }.joined(separator: ", ") + ")"
    }
    return
      "INSERT INTO \(Entry.table) (\(Entry.columns.joined(separator: ", "))) VALUES \(rows.joined(separator: ", "))"
  }

  func bind(_ parameters: inout PostgresParameters) {
    for entry in entries { entry.bind(&parameters) }
  }
}

extension PostgresTransaction {
  /// Puts entries on record, 64 in a statement and the rest in powers of two, so that there are few statements to prepare.
  func insert<Entry: CaseEntry>(_ entries: [Entry]) async throws(PostgresError) {
    var rest = entries[...]
    var size = 64
    while !rest.isEmpty {
      while size > rest.count { size /= 2 }
      try await execute(InsertEntries(entries: rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
  }
}
