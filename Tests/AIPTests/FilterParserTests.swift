import Testing

@testable import AIP

@Suite("Filter language (AIP-160)")
struct FilterParserTests {
  private typealias Tree = FilterTree<FilterRestriction>

  /// A restriction without its position, and a tree written out in full.
  private static func written(_ tree: Tree) -> String {
    switch tree {
    case .all(let parts): "all(" + parts.map(written).joined(separator: ", ") + ")"
    case .any(let parts): "any(" + parts.map(written).joined(separator: ", ") + ")"
    case .not(let part): "not(" + written(part) + ")"
    case .condition(let part): part.field + part.comparator.rawValue + part.value
    }
  }

  @Test(arguments: [
    ("", "all()"),
    ("   ", "all()"),
    ("a = 1", "a=1"),
    ("a=1", "a=1"),
    ("  a  =  1  ", "a=1"),
    ("a != 1", "a!=1"),
    ("a < 1", "a<1"),
    ("a <= 1", "a<=1"),
    ("a > 1", "a>1"),
    ("a >= 1", "a>=1"),
    ("a : 1", "a:1"),
    ("a:1", "a:1"),
    ("a.b = 1", "a.b=1"),
    ("a = \"x y\"", "a=x y"),
    ("a = 'x y'", "a=x y"),
    ("a = \"it's\"", "a=it's"),
    ("a = \"say \\\"no\\\"\"", "a=say \"no\""),
    ("a = \"back\\\\slash\"", "a=back\\slash"),
    ("a = \"\"", "a="),
    ("a = \"AND\"", "a=AND"),
    ("a = 2019-05-01", "a=2019-05-01"),
    ("a = -5", "a=-5"),
    ("a = Côte", "a=Côte"),
    ("a = missions/minusma", "a=missions/minusma"),
    ("a=1 AND b=2", "all(a=1, b=2)"),
    ("a=1 b=2", "all(a=1, b=2)"),
    ("a=1 OR b=2", "any(a=1, b=2)"),
    ("a=1 AND b=2 OR c=3", "all(a=1, any(b=2, c=3))"),
    ("a=1 OR b=2 AND c=3", "all(any(a=1, b=2), c=3)"),
    ("(a=1 AND b=2) OR c=3", "any(all(a=1, b=2), c=3)"),
    ("a=1 b=2 OR c=3", "all(a=1, any(b=2, c=3))"),
    ("NOT a=1", "not(a=1)"),
    ("-a=1", "not(a=1)"),
    ("NOT (a=1 OR b=2)", "not(any(a=1, b=2))"),
    ("-(a=1)", "not(a=1)"),
    ("a=1 AND NOT b=2", "all(a=1, not(b=2))"),
    ("((a=1))", "a=1"),
    ("ANDY = 1", "ANDY=1"),
    ("and = 1", "and=1"),
  ])
  func parses(_ text: String, as expected: String) throws {
    #expect(Self.written(try FilterParser.parse(text)) == expected)
  }

  @Test(arguments: [
    ("a", 1), ("a =", 3), ("= 1", 0), ("a 1", 2), ("a == 1", 3), ("a = = 1", 4), ("a = 1 AND", 9),
    ("AND a = 1", 0), ("a = 1 OR", 8), ("OR", 0), ("NOT", 3), ("-", 1), ("NOT NOT a = 1", 4), ("--a = 1", 1),
    ("(a = 1", 6), ("a = 1)", 5), ("()", 1), (")", 0), ("a = \"x", 4), ("a = 'x\\", 4), ("\"a\" = 1", 0),
    ("a = AND", 4), ("a = (1)", 4), ("f(a) = 1", 1), ("a = 1, b = 2", 5), ("a ! 1", 2), ("a = \u{0}", 4),
    ("a\n= 1", 1), ("a = \"\n\"", 5), ("a = -\"x\"", 5), ("a = --1", 5),
  ])
  func refuses(_ text: String, at position: Int) {
    #expect(throws: FilterError.self) { try FilterParser.parse(text) }
    do {
      _ = try FilterParser.parse(text)
    } catch {
      #expect(error.position == position)
      #expect(!error.message.isEmpty)
    }
  }

  @Test func limitsLength() throws {
    var limits = FilterParser.Limits()
    limits.length = 20
    _ = try FilterParser.parse("a = 1" + String(repeating: " ", count: 15), limits: limits)
    #expect(throws: FilterError.self) {
      try FilterParser.parse("a = 1" + String(repeating: " ", count: 16), limits: limits)
    }
  }

  @Test func limitsDepth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "a = 1" + String(repeating: ")", count: depth)
    }
    _ = try FilterParser.parse(nested(16))
    #expect(throws: FilterError.self) { try FilterParser.parse(nested(17)) }
    #expect(throws: FilterError.self) { try FilterParser.parse(String(repeating: "(", count: 2000)) }
    #expect(throws: FilterError.self) { try FilterParser.parse(String(repeating: "-(", count: 1000)) }
    // Depth is how deep, not how many.
    _ = try FilterParser.parse(Array(repeating: "(a = 1)", count: 40).joined(separator: " AND "))
  }

  @Test func limitsConditions() throws {
    func chain(_ count: Int) -> String { Array(repeating: "a=1", count: count).joined(separator: " OR ") }
    _ = try FilterParser.parse(chain(50))
    #expect(throws: FilterError.self) { try FilterParser.parse(chain(51)) }
  }

  /// Whatever comes in, the parser answers with a tree or an error whose position lies in the text.
  @Test func survivesNoise() {
    var random = SplitMix(seed: 2589)
    let pieces = [
      "a", "mission", "=", "!=", "<", "<=", ">", ">=", ":", "(", ")", "\"", "'", "\\", " ", "AND", "OR", "NOT", "-",
      "2019-05-01", "é", "\u{1F600}", ",", "*", "!", "\t", "\u{0}", ".", "/",
    ]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined(separator: Bool.random(using: &random) ? " " : "")
      do {
        let tree = try FilterParser.parse(text)
        _ = tree.holds { _ in true }
      } catch {
        #expect((0...text.utf8.count).contains(error.position), "\(text)")
      }
    }
  }
}
