/// What fields of requests must be; services add rules for their own kinds of values.
package enum FieldRules {
  /// Text for people: 1 to `limit` characters, no control characters, and none that turn the direction of what is beside
  /// them, so that it cannot be made to read otherwise than it is.
  package static func text(_ text: String, field: String, limit: Int) throws(ServiceError) -> String {
    guard (1...limit).contains(text.unicodeScalars.count) else {
      throw .invalid(field, "must be of 1 to \(limit) characters")
    }
    guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      throw .invalid(field, "must not hold control characters")
    }
    guard !text.unicodeScalars.contains(where: isTurning) else {
      throw .invalid(field, "must not hold characters that turn the direction of text")
    }
    return text
  }

  /// Embeddings, overrides and isolates (UAX #9); marks beside letters of either direction are no such characters.
  private static func isTurning(_ character: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(character.value) || (0x2066...0x2069).contains(character.value)
  }
}
