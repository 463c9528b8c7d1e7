/// An ordered list of header fields.
///
/// All bytes lie in one array, and a second holds where each field is: two allocations for a block
/// however many fields it has. Names are lower case, as HTTP/2 requires of a sender. A proxy
/// copies fields from block to block without making strings of them.
package struct HeaderBlock: Hashable, Sendable {
  struct Field: Hashable, Sendable {
    var start: UInt32
    var nameLength: UInt32
    var valueLength: UInt32
    var isSensitive: Bool

    var nameRange: Range<Int> { Int(self.start)..<Int(self.start &+ self.nameLength) }
    var valueRange: Range<Int> {
      Int(self.start &+ self.nameLength)..<Int(self.start &+ self.nameLength &+ self.valueLength)
    }
  }

  var bytes: [UInt8]
  var fields: [Field]

  package init() {
    self.bytes = []
    self.fields = []
  }

  /// An empty block with room for `fields` fields of together `bytes` bytes.
  package init(reservingFields fields: Int, bytes: Int) {
    self.init()
    self.fields.reserveCapacity(fields)
    self.bytes.reserveCapacity(bytes)
  }

  package var count: Int { self.fields.count }
  package var isEmpty: Bool { self.fields.isEmpty }
  package var indices: Range<Int> { self.fields.indices }

  /// The size as RFC 9113 section 6.5.2 counts it: 32 bytes on top of each field.
  package var listSize: Int { self.bytes.count + 32 * self.fields.count }

  mutating func appendField(
    sensitive: Bool,
    name: (inout [UInt8]) -> Void,
    value: (inout [UInt8]) -> Void
  ) {
    let start = self.bytes.count
    name(&self.bytes)
    let middle = self.bytes.count
    value(&self.bytes)
    self.fields.append(
      Field(
        start: UInt32(truncatingIfNeeded: start),
        nameLength: UInt32(truncatingIfNeeded: middle - start),
        valueLength: UInt32(truncatingIfNeeded: self.bytes.count - middle),
        isSensitive: sensitive
      )
    )
  }

  /// Removes every field of this name.
  package mutating func removeAll(named name: StaticString) {
    let bytes = self.bytes
    self.fields.removeAll { bytes[$0.nameRange].equals(name) }
  }

  /// Removes all fields, keeping the memory for the next use.
  package mutating func removeAll() {
    self.bytes.removeAll(keepingCapacity: true)
    self.fields.removeAll(keepingCapacity: true)
  }

  package static func == (lhs: Self, rhs: Self) -> Bool {
    guard lhs.count == rhs.count else { return false }
    return lhs.indices.allSatisfy {
      lhs.nameBytes(at: $0) == rhs.nameBytes(at: $0) && lhs.valueBytes(at: $0) == rhs.valueBytes(at: $0)
    }
  }

  package func hash(into hasher: inout Hasher) {
    for index in self.indices {
      hasher.combine(self.nameBytes(at: index))
      hasher.combine(self.valueBytes(at: index))
    }
  }
}
