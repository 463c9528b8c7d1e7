extension HeaderBlock {
  package func nameBytes(at index: Int) -> ArraySlice<UInt8> {
    self.bytes[self.fields[index].nameRange]
  }

  package func valueBytes(at index: Int) -> ArraySlice<UInt8> {
    self.bytes[self.fields[index].valueRange]
  }

  package func nameLength(at index: Int) -> Int {
    Int(self.fields[index].nameLength)
  }

  package func name(at index: Int) -> String {
    String(decoding: self.nameBytes(at: index), as: UTF8.self)
  }

  package func value(at index: Int) -> String {
    String(decoding: self.valueBytes(at: index), as: UTF8.self)
  }

  package func isSensitive(at index: Int) -> Bool {
    self.fields[index].isSensitive
  }

  package func name(at index: Int, is name: StaticString) -> Bool {
    // Most names differ in length: that settles it without touching the bytes.
    let field = self.fields[index]
    return Int(field.nameLength) == name.utf8CodeUnitCount && self.bytes[field.nameRange].equals(name)
  }

  /// Pseudo-header fields begin with a colon (RFC 9113 section 8.3).
  package func isPseudoHeader(at index: Int) -> Bool {
    let field = self.fields[index]
    return field.nameLength > 0 && self.bytes[Int(field.start)] == UInt8(ascii: ":")
  }

  package func firstIndex(of name: StaticString) -> Int? {
    self.fields.indices.first { self.name(at: $0, is: name) }
  }

  /// The bytes of the first field of this name.
  package func bytes(of name: StaticString) -> ArraySlice<UInt8>? {
    self.firstIndex(of: name).map { self.valueBytes(at: $0) }
  }

  /// The first field of this name.
  package subscript(_ name: StaticString) -> String? {
    self.firstIndex(of: name).map { self.value(at: $0) }
  }

  /// Every field of this name, in order.
  package func values(of name: StaticString) -> [String] {
    self.fields.indices.filter { self.name(at: $0, is: name) }.map { self.value(at: $0) }
  }
}

extension ArraySlice<UInt8> {
  /// Whether these are exactly the string's bytes.
  package func equals(_ string: StaticString) -> Bool {
    self.count == string.utf8CodeUnitCount && self.starts(withString: string)
  }

  /// Whether these begin with the string's bytes.
  package func starts(withString string: StaticString) -> Bool {
    guard self.count >= string.utf8CodeUnitCount else { return false }
    return string.withUTF8Buffer { prefix in
      unsafe self.withUnsafeBufferPointer { bytes in
        for index in prefix.indices where unsafe bytes[index] != prefix[index] {
          return false
        }
        return true
      }
    }
  }
}

extension HeaderBlock: CustomStringConvertible {
  /// Field names only: values may be secret.
  package var description: String {
    "[" + self.indices.map { self.name(at: $0) }.joined(separator: ", ") + "]"
  }
}
