extension FieldChange {
  /// The changes as a JSON array of objects with `field`, `old` and `new`.
  static func json(_ changes: [FieldChange]) -> String {
    let objects = changes.map { change in
      "{\"field\":\(quoted(change.column.rawValue)),\"old\":\(quoted(change.old)),\"new\":\(quoted(change.new))}"
    }
    return "[" + objects.joined(separator: ",") + "]"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
