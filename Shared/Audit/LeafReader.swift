import AIP

/// Why bytes are not those of a record or a leaf.
package enum AuditFormatError: Error, Hashable, Sendable {
  /// Made by another version.
  case version
  /// Fewer or more bytes than there must be.
  case length
  /// A value that its field cannot have.
  case value
}

/// Reads canonical bytes, and no others: what it takes, ``LeafWriter`` writes again byte for byte.
struct LeafReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { rest = ArraySlice(bytes) }

  mutating func integer<Value: FixedWidthInteger>(_: Value.Type = Value.self) throws(AuditFormatError) -> Value {
    try take(Value.bitWidth / 8).reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
  }

  mutating func opaque<Length: FixedWidthInteger>(
    lengthIn _: Length.Type, most: Int
  ) throws(AuditFormatError) -> ArraySlice<UInt8> {
    let length = Int(try integer(Length.self))
    guard length <= most else { throw .value }
    return try take(length)
  }

  mutating func text<Length: FixedWidthInteger>(
    lengthIn length: Length.Type, most: Int
  ) throws(AuditFormatError) -> String {
    guard let text = String(validating: try opaque(lengthIn: length, most: most), as: UTF8.self) else { throw .value }
    return text
  }

  mutating func ids(most: Int) throws(AuditFormatError) -> [RecordID] {
    let count = Int(try integer(UInt8.self))
    guard count <= most else { throw .value }
    var ids: [RecordID] = []
    for _ in 0..<count { ids.append(RecordID(high: try integer(), low: try integer())) }
    return ids
  }

  /// - Throws: when there is more.
  func end() throws(AuditFormatError) {
    guard rest.isEmpty else { throw .length }
  }

  private mutating func take(_ count: Int) throws(AuditFormatError) -> ArraySlice<UInt8> {
    guard rest.count >= count else { throw .length }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
