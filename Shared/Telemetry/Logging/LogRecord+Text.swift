import Logging

extension LogRecord {
  /// The record as one line for people and a newline. Control characters are escaped: nothing that is
  /// logged can forge a line or drive the terminal.
  package func text() -> [UInt8] {
    var line = "\(time) \(Self.levelNames[level] ?? "?") \(Self.plain(message))"
    for (key, value) in fields {
      line += " \(Self.plain(key))=\(Self.quoted(value.description))"
    }
    line += "\n"
    return Array(line.utf8)
  }

  // Of one width, so that messages align.
  private static let levelNames: [Logger.Level: String] = [
    .trace: "TRACE", .debug: "DEBUG", .info: "INFO ", .notice: "NOTE ",
    .warning: "WARN ", .error: "ERROR", .critical: "CRIT ",
  ]

  private static func quoted(_ value: String) -> String {
    let needsQuotes = value.isEmpty || value.utf8.contains { $0 <= 0x20 || $0 == 0x22 || $0 == 0x3d }
    guard needsQuotes else { return plain(value) }
    return "\"" + plain(value, escapingQuotes: true) + "\""
  }

  private static func plain(_ text: String, escapingQuotes: Bool = false) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f && $0 != 0x22 && $0 != 0xc2 }
    if isPlain { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\"" where escapingQuotes: result += "\\\""
      default:
        let isControl = scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value)
        result += isControl ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
      }
    }
    return result
  }
}
