/// Names and values as the Prometheus text format writes them (exposition format 0.0.4).
enum PrometheusName {
  /// A metric's name: `[a-zA-Z_:][a-zA-Z0-9_:]*`; whatever else becomes an underscore.
  static func metric(_ label: String) -> String {
    sanitize(label, allowed: ":")
  }

  /// A label's name: as a metric's, without colons.
  static func label(_ name: String) -> String {
    sanitize(name, allowed: nil)
  }

  /// A label's value between its quotes.
  static func escapedValue(_ value: String) -> String {
    guard value.utf8.contains(where: { $0 == 0x5c || $0 == 0x22 || $0 == 0x0a }) else { return value }
    var escaped = ""
    for character in value.unicodeScalars {
      switch character {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// A sample's value: Go's formatting, which spells the infinities and has no trailing `.0`.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if let integer = Int64(exactly: value) { return String(integer) }
    return value.description
  }

  private static func sanitize(_ text: String, allowed: Unicode.Scalar?) -> String {
    var name = ""
    for scalar in text.unicodeScalars {
      let isLetter = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar == allowed
      let isDigit = ("0"..."9").contains(scalar)
      if name.isEmpty && isDigit { name = "_" }
      name.unicodeScalars.append(isLetter || isDigit ? scalar : "_")
    }
    return name.isEmpty ? "_" : name
  }
}
