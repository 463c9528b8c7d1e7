import AIP
import Policy
import PolicyPostgres
import Postgres

/// Which cases a list asks for, and for whom.
struct CaseQuery: Sendable {
  /// The position after which a page begins.
  struct Position: Hashable, Sendable {
    /// As the reader sees it.
    var date: PartialDate
    var id: RecordID
  }

  var filter: FilterTree<CaseCondition>
  /// Nil: whatever words they have.
  var search: CaseSearch?
  var lens: CaseLens
  var isDescending: Bool
  var after: Position?
  var limit: Int
  var holdsVictims = false
}

/// A page of cases by incident date and id, the relations to them that bear on the reader, and the victims if asked for.
struct SelectCases: PostgresStatement {
  static let isReadOnly = true
  let sql: String
  private let parameters: ListParameters

  init(query: CaseQuery, scope: ReadScope) {
    var parameters = ListParameters()
    let limit = parameters.add(Int64(query.limit))
    let relations = parameters.add(scope.relations.map(\.description))
    let view = CaseView(query.lens, &parameters)
    var conditions = Self.conditions(query, scope, view, &parameters)
    if let after = query.after {
      let position = "\(parameters.add(after.date)), \(parameters.add(after.id))"
      conditions.append("(\(view.date), c.id) \(query.isDescending ? "<" : ">") (\(position))")
    }
    let direction = query.isDescending ? "DESC" : "ASC"
    sql = """
      WITH page AS MATERIALIZED (SELECT c.id, \(view.columns) FROM cases c WHERE \(conditions.joined(separator: " AND ")) \
      ORDER BY \(view.date) \(direction), c.id \(direction) LIMIT \(limit)) \
      SELECT \(CaseFile.selection(relations: "r.party = ANY(\(relations))", holdsVictims: query.holdsVictims)) FROM page c
      """
    self.parameters = parameters
  }

  /// What holds of the cases of a query, wherever its page begins.
  static func conditions(
    _ query: CaseQuery, _ scope: ReadScope, _ view: CaseView, _ parameters: inout ListParameters
  ) -> [String] {
    var conditions = [parameters.add(query.lens.visible)]
    if !scope.seesAll { conditions.append(isOpen(scope, &parameters)) }
    let filter = CaseFilterSQL(query.filter, view: view, first: parameters.count + 1)
    parameters.add(filter)
    conditions.append(filter.text)
    // Another case is there for one that is merged.
    if !query.filter.hasCondition(where: \.test.isOfState) {
      conditions.append("c.state <> \(Case.State.merged.rawValue)")
    }
    if let search = query.search { conditions += search.conditions(scope, &parameters) }
    return conditions
  }

  /// What the policy's condition amounts to at most, said so that the database can begin with it: it looks at the cases
  /// that the reader has to do with, not at all of them.
  private static func isOpen(_ scope: ReadScope, _ parameters: inout ListParameters) -> String {
    let related =
      "SELECT r.case_id FROM case_relations r WHERE r.party = ANY(\(parameters.add(scope.parties.map(\.description))))"
    let opened = scope.cases.isEmpty ? "" : " UNION ALL SELECT unnest(\(parameters.add(scope.cases)))"
    return "c.id IN (\(related)\(opened))"
  }

  func bind(_ parameters: inout PostgresParameters) {
    self.parameters.bind(&parameters)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> CaseFile {
    var file = try CaseFile(&row)
    // Of a list the number is of those whom the reader may count.
    file.countedVictims = file.record.victimCount
    return file
  }
}
