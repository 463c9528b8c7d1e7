import GRPCCore
import GRPCProtobuf
import Testing

@testable import AIP

@Suite("Filter schemas and trees")
struct FilterSchemaTests {
  private enum Condition: Hashable {
    case size(FilterOperator, Int)
    case colour(FilterOperator, String)
  }

  private static let schema = FilterSchema<Condition>([
    "size": .init(.ordering, "a whole number") { comparator, value in
      Int(value).map { .size(comparator, $0) }
    },
    "colour": .init(.membership, "red or blue") { comparator, value in
      ["red", "blue"].contains(value) ? .colour(comparator, value) : nil
    },
  ])

  @Test func readsConditions() throws {
    let tree = try Self.schema.parse("size >= 3 AND colour : red")
    #expect(tree == .all([.condition(.size(.greaterOrEqual, 3)), .condition(.colour(.has, "red"))]))
  }

  @Test(arguments: [
    ("weight = 3", "unknown field; known are colour, size"),
    ("Size = 3", "unknown field"),
    ("colour < red", "compares colour by <"),
    ("size : 3", "compares size by :"),
    ("size = many", "size must be a whole number"),
    ("size = \"\"", "size must be a whole number"),
    ("colour = green", "colour must be red or blue"),
    ("colour = \"red' OR 1=1 --\"", "colour must be red or blue"),
  ])
  func refuses(_ text: String, because reason: String) {
    do {
      _ = try Self.schema.parse(text)
      Issue.record("accepted \(text)")
    } catch {
      #expect(error.message.contains(reason))
      #expect(!error.message.contains("OR 1=1"), "the filter's own text must not be repeated")
    }
  }

  @Test func becomesAnInvalidArgument() throws {
    let error = ServiceError(FilterError(position: 7, message: "has a bracket that is not closed"))
    #expect(error.code == .invalidArgument)
    #expect(error.reason == .invalidFilter)
    #expect(error.metadata == ["position": "7"])
    let violation = try #require(error.details.first?.badRequest?.violations.first)
    #expect(violation.field == "filter")
  }

  @Test func writesSQL() throws {
    func sql(_ text: String) throws -> String {
      var parameters = 0
      return try Self.schema.parse(text).sql { condition in
        parameters += 1
        switch condition {
        case .size(let comparator, _): return "size \(comparator.rawValue) $\(parameters)"
        case .colour: return "colour = $\(parameters)"
        }
      }
    }
    #expect(try sql("") == "TRUE")
    #expect(try sql("size = 1") == "(size = $1)")
    #expect(try sql("size > 1 OR size < 0") == "((size > $1) OR (size < $2))")
    #expect(
      try sql("NOT (size > 1 AND colour = red) size < 9") == "((NOT ((size > $1) AND (colour = $2))) AND (size < $3))"
    )
  }

  @Test func holdsAsBooleanAlgebraSays() {
    let yes = FilterTree<Bool>.condition(true)
    let no = FilterTree<Bool>.condition(false)
    #expect(FilterTree<Bool>.all([]).holds { $0 })
    #expect(!FilterTree<Bool>.any([]).holds { $0 })
    #expect(FilterTree.all([yes, yes]).holds { $0 })
    #expect(!FilterTree.all([yes, no]).holds { $0 })
    #expect(FilterTree.any([no, yes]).holds { $0 })
    #expect(!FilterTree.any([no, no]).holds { $0 })
    #expect(FilterTree.not(no).holds { $0 })
  }
}
