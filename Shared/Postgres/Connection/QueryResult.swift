internal import CLibPQ

/// The result of one statement, read in place.
///
/// Shared freely: "PGresult objects are normally read-only after creation, and so can be passed around freely between
/// threads" (libpq 15, 34.20); nothing here calls one of the functions that change a result.
@safe package final class QueryResult: Sendable {
  private nonisolated(unsafe) let pointer: OpaquePointer
  let rowCount: Int
  let columnCount: Int

  /// Takes over `pointer`, a `PGresult`.
  init(taking pointer: OpaquePointer) {
    unsafe self.pointer = pointer
    rowCount = Int(unsafe PQntuples(pointer))
    columnCount = Int(unsafe PQnfields(pointer))
  }

  deinit { unsafe PQclear(pointer) }

  /// What libpq says the result is.
  var status: ResultStatus { ResultStatus(unsafe PQresultStatus(pointer)) }

  /// The number of rows that the statement inserted, updated, deleted or selected.
  var affectedRows: Int {
    guard let text = unsafe PQcmdTuples(pointer) else { return 0 }
    return Int(unsafe String(cString: text)) ?? 0
  }

  /// What the server says it did: `COMMIT`, `INSERT 0 1`.
  var commandTag: String {
    guard let text = unsafe PQcmdStatus(pointer) else { return "" }
    return unsafe String(cString: text)
  }

  /// The type of `column`, which must exist.
  func type(ofColumn column: Int) -> PostgresType {
    PostgresType(rawValue: unsafe PQftype(pointer, Int32(column)))
  }

  /// Reads a cell, which must exist; NULL is `nil`.
  func decode<Value: PostgresDecodable>(
    _ type: Value.Type,
    row: Int,
    column: Int
  ) throws(PostgresDecodingError) -> Value? {
    try withCell(row: row, column: column) { (bytes, type) throws(PostgresDecodingError) in
      try Value(postgres: bytes, type: type)
    }
  }

  /// Lets `body` read the bytes of a cell, which must exist, and its type; NULL is `nil`.
  @inline(__always)
  func withCell<Value>(
    row: Int,
    column: Int,
    _ body: (RawSpan, PostgresType) throws(PostgresDecodingError) -> Value
  ) throws(PostgresDecodingError) -> Value? {
    let (row, column) = (Int32(row), Int32(column))
    if unsafe PQgetisnull(pointer, row, column) == 1 { return nil }
    guard let start = unsafe PQgetvalue(pointer, row, column) else { return nil }
    // libpq keeps the cell until PQclear, which `self` prevents while the span is in use.
    let bytes = unsafe RawSpan(
      _unsafeStart: UnsafeRawPointer(start), byteCount: Int(PQgetlength(pointer, row, column)))
    return try body(bytes, self.type(ofColumn: Int(column)))
  }

  /// Decodes every row as `statement` does.
  func rows<S: PostgresStatement>(of statement: S.Type) throws(PostgresError) -> [S.Row] {
    var rows: [S.Row] = []
    rows.reserveCapacity(rowCount)
    for index in 0..<rowCount {
      var row = PostgresRow(self, index: index)
      do throws(PostgresError) {
        rows.append(try S.decode(&row))
      } catch {
        throw error.inStatement(S.name)
      }
    }
    return rows
  }

  /// The server's error report.
  var serverError: ServerError {
    let state = SQLState(rawValue: field(.sqlState) ?? "XX000")
    return ServerError(
      severity: field(.severity) ?? "ERROR",
      sqlState: state,
      message: state.messageHoldsNoData ? field(.message) : nil,
      schema: field(.schema),
      table: field(.table),
      column: field(.column),
      dataType: field(.dataType),
      constraint: field(.constraint)
    )
  }

  /// The fields of an error report, by the codes of the protocol (55.8), which libpq's macros name.
  private enum Field: Character {
    case severity = "V"
    case sqlState = "C"
    case message = "M"
    case schema = "s"
    case table = "t"
    case column = "c"
    case dataType = "d"
    case constraint = "n"
  }

  private func field(_ field: Field) -> String? {
    let code = Int32(field.rawValue.asciiValue ?? 0)
    return unsafe PQresultErrorField(pointer, code).map { unsafe String(cString: $0) }
  }
}
