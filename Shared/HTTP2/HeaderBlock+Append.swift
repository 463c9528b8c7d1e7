extension HeaderBlock {
  /// Appends a field. `name` must be lower case. A `sensitive` field is never put in a compression
  /// table (RFC 7541 section 7.1.3): use it for credentials.
  package mutating func append(_ name: StaticString, _ value: StaticString) {
    self.appendField(
      sensitive: false,
      name: { $0.append(contentsOf: name) },
      value: { $0.append(contentsOf: value) }
    )
  }

  package mutating func append(_ name: StaticString, _ value: String, sensitive: Bool = false) {
    self.appendField(
      sensitive: sensitive,
      name: { $0.append(contentsOf: name) },
      value: { $0.append(contentsOf: value.utf8) }
    )
  }

  package mutating func append(_ name: StaticString, bytes value: some Collection<UInt8>, sensitive: Bool = false) {
    self.appendField(
      sensitive: sensitive,
      name: { $0.append(contentsOf: name) },
      value: { $0.append(contentsOf: value) }
    )
  }

  // The next two are for users in other modules, where the one above is not specialised.

  package mutating func append(_ name: StaticString, bytes value: ArraySlice<UInt8>, sensitive: Bool = false) {
    self.appendField(
      sensitive: sensitive,
      name: { $0.append(contentsOf: name) },
      value: { $0.append(contentsOf: value) }
    )
  }

  package mutating func append(_ name: StaticString, bytes value: [UInt8], sensitive: Bool = false) {
    self.append(name, bytes: value[...], sensitive: sensitive)
  }

  package mutating func append(name: String, value: String, sensitive: Bool = false) {
    self.appendField(
      sensitive: sensitive,
      name: { $0.append(contentsOf: name.utf8) },
      value: { $0.append(contentsOf: value.utf8) }
    )
  }

  package mutating func append(
    nameBytes name: some Collection<UInt8>,
    valueBytes value: some Collection<UInt8>,
    sensitive: Bool = false
  ) {
    self.appendField(
      sensitive: sensitive,
      name: { $0.append(contentsOf: name) },
      value: { $0.append(contentsOf: value) }
    )
  }

  /// Appends the field at `index` of another block as it is.
  package mutating func append(fieldAt index: Int, of other: HeaderBlock) {
    var field = other.fields[index]
    // Name and value lie next to one another: one copy moves both.
    let range = field.nameRange.lowerBound..<field.valueRange.upperBound
    field.start = UInt32(truncatingIfNeeded: self.bytes.count)
    unsafe other.bytes.withUnsafeBufferPointer { bytes in
      unsafe self.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
    }
    self.fields.append(field)
  }

  /// Appends a non-negative number in decimal without making a string of it.
  package mutating func append(_ name: StaticString, decimal value: Int) {
    self.appendField(sensitive: false, name: { $0.append(contentsOf: name) }) { bytes in
      var divisor = 1
      while value / divisor >= 10 { divisor *= 10 }
      while divisor > 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
        divisor /= 10
      }
    }
  }
}

extension [UInt8] {
  mutating func append(contentsOf string: StaticString) {
    string.withUTF8Buffer { unsafe self.append(contentsOf: $0) }
  }
}
