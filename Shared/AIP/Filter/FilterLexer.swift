/// Splits a filter into tokens.
struct FilterLexer {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The next token and where it begins; `.end` at the end, as often as asked.
  mutating func next() throws(FilterError) -> (token: FilterToken, position: Int) {
    while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
    let start = position
    guard position < bytes.count else { return (.end, start) }
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "("): return (take(.opening), start)
    case UInt8(ascii: ")"): return (take(.closing), start)
    case UInt8(ascii: "-"): return (take(.minus), start)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return (.string(try quoted(by: byte)), start)
    default: break
    }
    if let comparator = comparator() { return (.comparator(comparator), start) }
    return (.text(try text()), start)
  }

  private mutating func take(_ token: FilterToken) -> FilterToken {
    position += 1
    return token
  }

  private mutating func comparator() -> FilterOperator? {
    let pair = position + 1 < bytes.count ? (bytes[position], bytes[position + 1]) : (bytes[position], 0)
    let found: FilterOperator? =
      switch pair {
      case (UInt8(ascii: "<"), UInt8(ascii: "=")): .lessOrEqual
      case (UInt8(ascii: ">"), UInt8(ascii: "=")): .greaterOrEqual
      case (UInt8(ascii: "!"), UInt8(ascii: "=")): .notEqual
      case (UInt8(ascii: "<"), _): .less
      case (UInt8(ascii: ">"), _): .greater
      case (UInt8(ascii: "="), _): .equal
      case (UInt8(ascii: ":"), _): .has
      default: nil
      }
    position += found?.rawValue.utf8.count ?? 0
    return found
  }

  private mutating func text() throws(FilterError) -> String {
    let start = position
    while position < bytes.count, Self.isText(bytes[position]) { position += 1 }
    guard position > start else {
      throw FilterError(position: start, message: "has a character that does not belong here")
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Text is everything but white space, controls and the characters that mean something.
  private static func isText(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x7F, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: ":"): false
    case UInt8(ascii: ","): false
    default: true
    }
  }

  private mutating func quoted(by quote: UInt8) throws(FilterError) -> String {
    let start = position
    position += 1
    var content: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case quote: return String(decoding: content, as: UTF8.self)
      case 0..<0x20, 0x7F: throw FilterError(position: position - 1, message: "has a control character")
      case UInt8(ascii: "\\"):
        guard position < bytes.count else { break }
        content.append(bytes[position])
        position += 1
      default: content.append(byte)
      }
    }
    throw FilterError(position: start, message: "has a quote that is not closed")
  }
}
