/// JSON as its tokens: what stands in it is kept as it was written, and only the order of keys and the space between tokens
/// is made canonical.
indirect enum JSONTree: Equatable, Sendable {
  case object([(key: String, value: JSONTree)])
  case array([JSONTree])
  /// A string with its quotes and escapes, a number or a literal.
  case scalar(String)

  static func == (left: JSONTree, right: JSONTree) -> Bool { left.canonical == right.canonical }

  /// Nil for what does not nest as JSON does. Numbers and literals are taken as they are.
  init?(_ bytes: [UInt8]) {
    var parser = Parser(bytes: bytes)
    guard let tree = parser.value(depth: 0), parser.peek() == nil else { return nil }
    self = tree
  }

  /// The keys of each object in the order of their bytes, nothing between tokens.
  var canonical: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  /// The same with each string that is no key and has no escapes replaced.
  func mapStrings(_ transform: (Substring) -> String) -> JSONTree {
    switch self {
    case .object(let members): .object(members.map { ($0.key, $0.value.mapStrings(transform)) })
    case .array(let values): .array(values.map { $0.mapStrings(transform) })
    case .scalar(let text):
      text.hasPrefix("\"") && !text.contains("\\") ? .scalar("\"\(transform(text.dropFirst().dropLast()))\"") : self
    }
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      Self.write(sorted, between: ("{", "}"), to: &bytes) { member, bytes in
        bytes += member.key.utf8
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
    case .array(let values): Self.write(values, between: ("[", "]"), to: &bytes) { $0.write(to: &$1) }
    case .scalar(let text): bytes += text.utf8
    }
  }

  private static func write<Element>(
    _ elements: [Element], between marks: (String, String), to bytes: inout [UInt8],
    _ write: (Element, inout [UInt8]) -> Void
  ) {
    bytes += marks.0.utf8
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(element, &bytes)
    }
    bytes += marks.1.utf8
  }
}

extension JSONTree {
  private struct Parser {
    let bytes: [UInt8]
    var position = 0

    /// The next byte that is no space.
    mutating func peek() -> UInt8? {
      while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
      return position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard peek() == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    mutating func value(depth: Int) -> JSONTree? {
      guard depth < 100, let next = peek() else { return nil }
      switch next {
      case UInt8(ascii: "{"):
        return elements("{", "}") { parser in
          guard parser.peek() == UInt8(ascii: "\""), let key = parser.string(), parser.take(":"),
            let value = parser.value(depth: depth + 1)
          else { return nil }
          return (key, value)
        }.map { .object($0) }
      case UInt8(ascii: "["): return elements("[", "]") { $0.value(depth: depth + 1) }.map { .array($0) }
      case UInt8(ascii: "\""): return string().map { .scalar($0) }
      default: return word().map { .scalar($0) }
      }
    }

    private mutating func elements<Element>(
      _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ read: (inout Parser) -> Element?
    ) -> [Element]? {
      guard take(opening) else { return nil }
      var elements: [Element] = []
      if take(closing) { return elements }
      repeat {
        guard let element = read(&self) else { return nil }
        elements.append(element)
      } while take(",")
      return take(closing) ? elements : nil
    }

    /// With its quotes.
    private mutating func string() -> String? {
      let start = position
      position += 1
      while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
        position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard position < bytes.count else { return nil }
      position += 1
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func word() -> String? {
      let start = position
      while position < bytes.count, !"{}[]:,\" \t\r\n".utf8.contains(bytes[position]) { position += 1 }
      return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
    }
  }
}
