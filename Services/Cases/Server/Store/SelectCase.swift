import AIP
import Postgres

/// A case and its victims in one statement: a row for the case, then one for each victim. Cheaper than a join, which
/// would repeat the case with every victim.
struct SelectCase: PostgresStatement {
  enum Row: Sendable {
    case `case`(Case)
    case victim(Victim)
  }

  static let isReadOnly = true
  static let isBrief = true
  var id: RecordID

  var sql: String { Self.text }

  // The first column says which kind of row it is; the other kind's columns are null.
  private static let text = """
    SELECT true, \(Case.columns), \
    NULL::uuid, NULL::int2, NULL::text, NULL::text, NULL::int2, NULL::int2, NULL::text, NULL::int2, NULL::int4 \
    FROM cases c WHERE c.id = $1 \
    UNION ALL \
    (SELECT false, \
    NULL::uuid, NULL::text, NULL::text, NULL::int4, NULL::int4, NULL::int2, NULL::int2, NULL::int4, NULL::text[], \
    NULL::bool, NULL::text, NULL::int4, NULL::text, NULL::int8, NULL::timestamptz, NULL::timestamptz, \
    \(Victim.columns) FROM victims v WHERE v.case_id = $1 AND NOT v.withdrawn \
    ORDER BY v.casualty_id, v.nationality_code)
    """

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    if try row.decode(Bool.self) { return .case(try Case(&row)) }
    row.skip(16)
    return .victim(try Victim(&row))
  }
}
