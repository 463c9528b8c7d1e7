import AIP
import Policy
import Postgres

/// Tells PostgreSQL for whom the statements after it read, until the end of the transaction: the second wall
/// (migration 0004). It goes first in every pipeline that reads cases; without it they hold no row.
struct SetScope: PostgresStatement {
  static let isReadOnly = true
  static let isBrief = true
  static let opensScope = true
  var scope: ReadScope

  var sql: String {
    """
    SELECT set_config('vigil.sees', $1, true), set_config('vigil.parties', $2, true), \
    set_config('vigil.cases', $3, true), set_config('vigil.relations', $4, true)
    """
  }

  // Neither parties nor identifiers hold a comma, a brace or a quote.
  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(scope.seesAll ? "all" : "")
    parameters.append(scope.parties.map(\.description).joined(separator: ","))
    parameters.append("{" + scope.cases.map(\.description).joined(separator: ",") + "}")
    parameters.append(scope.relations.map(\.description).joined(separator: ","))
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { true }
}
