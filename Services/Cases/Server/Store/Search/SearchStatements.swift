import Policy
import Postgres

/// The words of a query as texts are found by them.
struct SelectSearchWords: PostgresStatement {
  static let isReadOnly = true
  var query: String

  var sql: String { "SELECT search_words($1)" }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(query) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [String] { try row.decode() }
}

/// Has the statements after it planned for their values until the end of the transaction: how many texts have a word
/// decides how to go about a search.
struct PlanForValues: PostgresStatement {
  var sql: String { "SELECT set_config('plan_cache_mode', 'force_custom_plan', true)" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { true }
}

/// What cases can be counted by.
enum CaseFacet: Int16, CaseIterable, Sendable {
  case mission = 1
  case year, act, state

  fileprivate func column(_ view: CaseView) -> String {
    switch self {
    case .mission: "c.mission_id"
    case .year: "(\(view.date) / 10000)::text"
    case .act: "c.act::text"
    case .state: "c.state::text"
    }
  }
}

/// How many of the cases of a query have which value, of those whose core the reader sees; the most frequent first.
struct CountCases: PostgresStatement {
  static let isReadOnly = true
  let sql: String
  private let parameters: ListParameters

  init(query: CaseQuery, scope: ReadScope, by facets: [CaseFacet]) {
    var parameters = ListParameters()
    let view = CaseView(query.lens, &parameters)
    var conditions = SelectCases.conditions(query, scope, view, &parameters)
    if let core = view.core { conditions.append(core) }
    let columns = facets.map { "\($0.column(view)) AS facet_\($0.rawValue)" }.joined(separator: ", ")
    let counts = facets.map { facet in
      """
      (SELECT \(facet.rawValue)::int2, facet_\(facet.rawValue), count(*) FROM found GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT 50)
      """
    }
    sql = """
      WITH found AS MATERIALIZED (SELECT \(columns) FROM cases c WHERE \(conditions.joined(separator: " AND "))) \
      \(counts.joined(separator: " UNION ALL "))
      """
    self.parameters = parameters
  }

  func bind(_ parameters: inout PostgresParameters) { self.parameters.bind(&parameters) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> FacetValue {
    FacetValue(facet: try row.decode(), value: try row.decode(), count: try row.decode())
  }
}

/// How many cases have a value.
struct FacetValue: Sendable {
  /// The facet's number.
  var facet: Int16
  /// The id of a mission, or a number.
  var value: String
  var count: Int64
}
