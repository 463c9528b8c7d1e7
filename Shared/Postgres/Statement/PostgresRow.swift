/// One row of a result, read in place. Columns are decoded in order, or by index.
package struct PostgresRow {
  let result: QueryResult
  let index: Int
  private var column = 0

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
    defer { column += 1 }
    return try decode(type, at: column)
  }

  /// Decodes the next column; NULL is `nil`.
  package mutating func decode<Value: PostgresDecodable>(
    _ type: Value?.Type = Value?.self
  ) throws(PostgresError) -> Value? {
    defer { column += 1 }
    return try decode(type, at: column)
  }

  /// Passes over the next columns.
  package mutating func skip(_ columns: Int) { column += columns }

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
}
