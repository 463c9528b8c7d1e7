/// One row of a result, or a composite value in a column of one, read in place.
///
/// The columns of a row are decoded in order, or by index; the fields of a composite value are its columns, in order.
package struct PostgresRow {
  let result: QueryResult
  let index: Int
  private var column = 0
  /// The column that holds this, and how far it has been read, if this is a composite value.
  private var composite: (column: Int, fields: FieldCursor)?

  init(_ result: QueryResult, index: Int) {
    self.result = result
    self.index = index
  }

  /// The number of columns.
  package var count: Int { result.columnCount }

  /// Decodes the next column.
  ///
  /// - Throws: ``PostgresError`` with code `decoding` when the column is absent, NULL, or of another type.
  package mutating func decode<Value: PostgresDecodable>(
    _ type: Value.Type = Value.self
  ) throws(PostgresError) -> Value {
    guard let value = try decode(Value?.self) else {
      throw PostgresError(.decoding(column: column - 1, .unexpectedNull))
    }
    return value
  }

  /// Decodes the next column; NULL is `nil`.
  package mutating func decode<Value: PostgresDecodable>(
    _ type: Value?.Type = Value?.self
  ) throws(PostgresError) -> Value? {
    defer { column += 1 }
    guard composite != nil else { return try decode(type, at: column) }
    return try decodeField()
  }

  /// Decodes the next column, an array of composite values: `ARRAY(SELECT ROW(…) FROM …)`. So rows of another table come
  /// with the one that they belong to, for less than a join or a statement of their own costs the server.
  ///
  /// The type of a field is what the statement says: one of a domain must be cast to the type that this is of.
  ///
  /// - Parameter body: decodes the fields of each.
  package mutating func records<Value>(
    _ body: (inout PostgresRow) throws(PostgresError) -> Value
  ) throws(PostgresError) -> [Value] {
    defer { column += 1 }
    let count = try inCell(column) { (cell) throws(PostgresDecodingError) in try CompositeFormat.count(cell) }
    var values: [Value] = []
    values.reserveCapacity(count)
    var offset = CompositeFormat.firstElement
    for _ in 0..<count {
      let fields = try inCell(column) { (cell) throws(PostgresDecodingError) in
        try CompositeFormat.fields(cell, at: offset)
      }
      var record = PostgresRow(result, index: index)
      record.composite = (column, fields)
      values.append(try body(&record))
      offset = fields.end
    }
    return values
  }

  /// Decodes the column at `index`, counted from 0.
  package func decode<Value: PostgresDecodable>(
    _ type: Value.Type = Value.self,
    at column: Int
  ) throws(PostgresError) -> Value {
    guard let value = try decode(Value?.self, at: column) else {
      throw PostgresError(.decoding(column: column, .unexpectedNull))
    }
    return value
  }

  /// Decodes the column at `index`, counted from 0; NULL is `nil`.
  package func decode<Value: PostgresDecodable>(
    _ type: Value?.Type = Value?.self,
    at column: Int
  ) throws(PostgresError) -> Value? {
    guard column < result.columnCount else { throw PostgresError(.decoding(column: column, .noSuchColumn)) }
    do throws(PostgresDecodingError) {
      return try result.decode(Value.self, row: index, column: column)
    } catch {
      throw PostgresError(.decoding(column: column, error))
    }
  }

  private mutating func decodeField<Value: PostgresDecodable>() throws(PostgresError) -> Value? {
    guard let holder = composite?.column, var fields = composite?.fields else { return nil }
    defer { composite?.fields = fields }
    do throws(PostgresDecodingError) {
      return try result.withCell(row: index, column: holder) { (cell, _) throws(PostgresDecodingError) in
        try fields.next(Value.self, in: cell)
      } ?? nil
    } catch {
      throw PostgresError(.decoding(column: column, error))
    }
  }

  /// Reads a column that must not be NULL.
  private func inCell<Value>(
    _ column: Int, _ body: (RawSpan) throws(PostgresDecodingError) -> Value
  ) throws(PostgresError) -> Value {
    guard column < result.columnCount else { throw PostgresError(.decoding(column: column, .noSuchColumn)) }
    do throws(PostgresDecodingError) {
      let value = try result.withCell(row: index, column: column) { (cell, _) throws(PostgresDecodingError) in
        try body(cell)
      }
      guard let value else { throw .unexpectedNull }
      return value
    } catch {
      throw PostgresError(.decoding(column: column, error))
    }
  }
}
