import AIP
import Postgres

/// Which cases a list asks for.
struct CaseQuery: Sendable {
  /// The position after which a page begins.
  struct Position: Hashable, Sendable {
    var date: PartialDate
    var id: RecordID
  }

  var filter: FilterTree<CaseCondition>
  var isDescending: Bool
  var after: Position?
  var limit: Int
}

/// A page of cases by incident date and id.
struct SelectCases: PostgresStatement {
  static let isReadOnly = true
  let sql: String
  private let filter: CaseFilterSQL
  private let query: CaseQuery

  init(query: CaseQuery) {
    self.query = query
    filter = CaseFilterSQL(query.filter, first: query.after == nil ? 2 : 4)
    let position = query.after == nil ? "" : " AND (c.incident_date, c.id) \(query.isDescending ? "<" : ">") ($2, $3)"
    let direction = query.isDescending ? "DESC" : "ASC"
    sql = """
      SELECT \(Case.columns) FROM cases c WHERE \(filter.text)\(position) \
      ORDER BY c.incident_date \(direction), c.id \(direction) LIMIT $1
      """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(Int64(query.limit))
    if let after = query.after {
      parameters.append(after.date)
      parameters.append(after.id)
    }
    filter.bind(&parameters)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Case {
    try Case(&row)
  }
}
