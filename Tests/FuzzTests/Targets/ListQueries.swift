import AIP

@testable import CasesServer

extension FuzzTarget {
  /// Reads what list requests say: filters, orders, page tokens. The first byte: which.
  static let listQueries = FuzzTarget(name: "list-queries") { bytes throws(FuzzFinding) in
    var input = FuzzInput(bytes)
    let kind = input.byte()
    switch kind % 5 {
    case 0, 1: try filter(input.text)
    case 2: try order(input.text)
    case 3: try token(input.text)
    default: try cursor(input.bytes)
    }
  }

  private static func filter(_ text: String) throws(FuzzFinding) {
    do throws(FilterError) {
      let tree = try CaseCondition.schema.parse(text)
      let sql = CaseFilterSQL(tree, first: 3)
      guard let count = try? balance(sql.text) else { throw FilterError(position: -1, message: "") }
      guard count == 0 else { throw FilterError(position: -1, message: "") }
    } catch {
      try hold((0...max(text.utf8.count, 2000)).contains(error.position), "an error outside of the filter")
    }
    _ = try? MissionCondition.schema.parse(text)
  }

  /// Brackets left open in SQL text. No character of a value may stand in it: only those that our own text has.
  private static func balance(_ sql: String) throws(FuzzFinding) -> Int {
    var open = 0
    for byte in sql.utf8 {
      if byte == UInt8(ascii: "(") { open += 1 }
      if byte == UInt8(ascii: ")") { open -= 1 }
      try hold(open >= 0 && byte != UInt8(ascii: "'") && byte != UInt8(ascii: ";"), "a filter makes its own SQL")
    }
    return open
  }

  private static func order(_ text: String) throws(FuzzFinding) {
    guard let order = try? OrderBy(text, sortable: ["incident_date", "name", "victim_count"]) else { return }
    try hold(order.terms.count <= 3, "an order names a field twice")
    let again = order.terms.map { $0.field + ($0.descending ? " desc" : "") }.joined(separator: ",")
    try hold((try? OrderBy(again, sortable: ["incident_date", "name", "victim_count"])) == order, "an order changes")
  }

  private static let query = QueryDigest("ListCases", "")
  private static let sealer = PageTokenSealer(key: Array(0..<32))

  /// No text is a token that nobody sealed.
  private static func token(_ text: String) throws(FuzzFinding) {
    guard let sealer else { throw FuzzFinding("there is no sealer") }
    if let key = try? sealer.open(text, query: query, now: 0) {
      // Chance does not make sixteen right bytes: the empty token is the first page and gives nil.
      throw FuzzFinding("a forged token is opened as \(key)")
    }
  }

  /// A sealed key comes back; whatever its bytes are, reading them as a position does not fail otherwise than by nil.
  private static func cursor(_ key: [UInt8]) throws(FuzzFinding) {
    guard let sealer, key.count <= 512 else { return }
    do {
      let sealed = try sealer.seal(PageCursor(key: key, query: query), now: 0)
      let opened = try sealer.open(sealed, query: query, now: 1)
      try hold(opened == key, "a key changes in its token")
    } catch {
      throw FuzzFinding("a token cannot be made and opened: \(error)")
    }
    if let position = CaseQuery.Position(bytes: key) {
      try hold(position.bytes == key, "a position changes in its key")
    }
  }
}
