/// What fields of requests must be; services add rules for their own kinds of values.
package enum FieldRules {
  /// Text for people: 1 to `limit` characters, no control characters.
  package static func text(_ text: String, field: String, limit: Int) throws(ServiceError) -> String {
    guard (1...limit).contains(text.unicodeScalars.count) else {
      throw .invalid(field, "must be of 1 to \(limit) characters")
    }
    guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      throw .invalid(field, "must not hold control characters")
    }
    return text
  }
}
