/// Reads the filter language of AIP-160: restrictions combined with AND, OR (which binds tighter), NOT or `-`, and
/// brackets; two restrictions side by side are both to hold. Functions and bare words are refused.
package struct FilterParser {
  /// What a filter may not exceed.
  package struct Limits: Hashable, Sendable {
    /// Bytes.
    package var length = 2000
    /// Brackets and negations within each other.
    package var depth = 16
    /// Restrictions.
    package var restrictions = 50

    package init() {}
  }

  private let limits: Limits
  private var lexer: FilterLexer
  private var token = FilterToken.end
  private var position = 0
  private var depth = 0
  private var restrictions = 0

  private init(_ text: String, limits: Limits) {
    self.limits = limits
    lexer = FilterLexer(text)
  }

  /// The filter in `text`; blank text is the filter that everything passes.
  package static func parse(
    _ text: String,
    limits: Limits = Limits()
  ) throws(FilterError) -> FilterTree<FilterRestriction> {
    guard text.utf8.count <= limits.length else {
      throw FilterError(position: limits.length, message: "is longer than \(limits.length) bytes")
    }
    var parser = FilterParser(text, limits: limits)
    try parser.advance()
    if parser.token == .end { return .all([]) }
    let tree = try parser.expression()
    guard parser.token == .end else { throw parser.refuse("goes on where it should end") }
    return tree
  }

  private mutating func advance() throws(FilterError) {
    (token, position) = try lexer.next()
  }

  private func refuse(_ message: String) -> FilterError {
    FilterError(position: position, message: message)
  }

  /// sequence { AND sequence }
  private mutating func expression() throws(FilterError) -> FilterTree<FilterRestriction> {
    var parts = [try sequence()]
    while token == .text("AND") {
      try advance()
      parts.append(try sequence())
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// factor { factor }
  private mutating func sequence() throws(FilterError) -> FilterTree<FilterRestriction> {
    var parts = [try factor()]
    while token != .end, token != .closing, token != .text("AND") { parts.append(try factor()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// term { OR term }
  private mutating func factor() throws(FilterError) -> FilterTree<FilterRestriction> {
    var parts = [try term()]
    while token == .text("OR") {
      try advance()
      parts.append(try term())
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  /// [NOT | -] ( "(" expression ")" | restriction )
  private mutating func term() throws(FilterError) -> FilterTree<FilterRestriction> {
    if token == .minus || token == .text("NOT") {
      try advance()
      guard token != .minus, token != .text("NOT") else { throw refuse("negates twice") }
      return .not(try simple())
    }
    return try simple()
  }

  private mutating func simple() throws(FilterError) -> FilterTree<FilterRestriction> {
    guard token == .opening else { return .condition(try restriction()) }
    depth += 1
    guard depth <= limits.depth else { throw refuse("has more than \(limits.depth) levels of brackets") }
    try advance()
    let tree = try expression()
    guard token == .closing else { throw refuse("has a bracket that is not closed") }
    depth -= 1
    try advance()
    return tree
  }

  /// field comparator value
  private mutating func restriction() throws(FilterError) -> FilterRestriction {
    restrictions += 1
    guard restrictions <= limits.restrictions else {
      throw refuse("has more than \(limits.restrictions) conditions")
    }
    let start = position
    guard case .text(let field) = token, !Self.keywords.contains(field) else {
      throw refuse("lacks the name of a field")
    }
    try advance()
    guard case .comparator(let comparator) = token else { throw refuse("lacks a comparison after a field") }
    try advance()
    let value = try value()
    return FilterRestriction(field: field, comparator: comparator, value: value, position: start)
  }

  private mutating func value() throws(FilterError) -> String {
    var sign = ""
    if token == .minus {
      sign = "-"
      try advance()
    }
    switch token {
    case .text(let text) where !Self.keywords.contains(text):
      try advance()
      return sign + text
    case .string(let text) where sign.isEmpty:
      try advance()
      return text
    default: throw refuse("lacks a value to compare with")
    }
  }

  private static let keywords: Set<String> = ["AND", "OR", "NOT"]
}
