import Logging

extension LogRecord {
  /// The record as one JSON object (RFC 8259) and a newline. A field that is named as one of the
  /// record's own gets the prefix `field.`, so that no key comes twice.
  package func json() -> [UInt8] {
    var writer = JSONWriter()
    writer.text("{\"time\":\"\(time)\",\"level\":\"\(level.rawValue)\",\"service\":")
    writer.string(service)
    writer.text(",\"logger\":")
    writer.string(label)
    writer.text(",\"message\":")
    writer.string(message)
    for (key, value) in fields {
      writer.text(",")
      writer.string(Self.ownKeys.contains(key) ? "field.\(key)" : key)
      writer.text(":")
      writer.value(value)
    }
    writer.text("}\n")
    return writer.bytes
  }

  private static let ownKeys: Set<String> = ["time", "level", "service", "logger", "message"]
}

private struct JSONWriter {
  var bytes: [UInt8] = []

  mutating func text(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  mutating func value(_ value: Logger.MetadataValue) {
    switch value {
    case .string(let text): string(text)
    case .stringConvertible(let value): convertible(value)
    case .array(let values): list("[", values, "]") { $0.value($1) }
    case .dictionary(let pairs):
      list("{", pairs.sorted { $0.key < $1.key }, "}") { writer, pair in
        writer.string(pair.key)
        writer.text(":")
        writer.value(pair.value)
      }
    }
  }

  // Numbers and booleans stay what they are: dashboards compute with them.
  private mutating func convertible(_ value: any CustomStringConvertible & Sendable) {
    switch value {
    case let number as any FixedWidthInteger: text(number.description)
    case let number as Double where number.isFinite: text(number.description)
    case let flag as Bool: text(flag.description)
    default: string(value.description)
    }
  }

  private mutating func list<Element>(
    _ open: String,
    _ elements: [Element],
    _ close: String,
    _ write: (inout JSONWriter, Element) -> Void
  ) {
    text(open)
    for (index, element) in elements.enumerated() {
      if index > 0 { text(",") }
      write(&self, element)
    }
    text(close)
  }

  mutating func string(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 { escape(byte) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): text("\\\"")
    case UInt8(ascii: "\\"): text("\\\\")
    case UInt8(ascii: "\n"): text("\\n")
    case UInt8(ascii: "\r"): text("\\r")
    case UInt8(ascii: "\t"): text("\\t")
    case 0..<0x20, 0x7f: text("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
    default: bytes.append(byte)
    }
  }
}
