/// The parameters of one statement, encoded in PostgreSQL's binary formats as they are appended.
package struct PostgresParameters: Sendable {
  struct Slot: Sendable, Hashable {
    var type: PostgresType
    /// Number of bytes, or -1 for NULL.
    var length: Int32
  }

  private(set) var slots: [Slot] = []
  private(set) var bytes: [UInt8] = []

  /// The first value that PostgreSQL cannot hold (text with a NUL byte); the statement then fails unsent.
  private(set) var refusal: PostgresError?

  package init() {}

  /// How many parameters were appended.
  package var count: Int { slots.count }

  /// Appends the next parameter.
  package mutating func append<Value: PostgresEncodable>(_ value: Value) {
    let start = bytes.count
    do throws(PostgresEncodingError) {
      try value.encode(into: &bytes)
      slots.append(Slot(type: Value.postgresType, length: Int32(bytes.count - start)))
    } catch {
      refuse(error)
    }
  }

  /// Appends the next parameter; `nil` is NULL.
  package mutating func append<Value: PostgresEncodable>(_ value: Value?) {
    if let value {
      append(value)
    } else {
      slots.append(Slot(type: Value.postgresType, length: -1))
    }
  }

  private mutating func refuse(_ error: PostgresEncodingError) {
    refusal = refusal ?? PostgresError(.invalidParameter(position: slots.count + 1, error))
  }
}
