import AIP
import Policy
import PolicyPostgres
import Postgres

/// Any text without parameters and rows.
struct Run: PostgresStatement {
  typealias Row = Never
  let sql: String
  init(_ sql: String) { self.sql = sql }
}

/// The numbers of the cases, or of the records, that meet a condition.
struct SelectNumbers: PostgresStatement {
  static let isReadOnly = true
  let sql: String
  private let condition: SQLCondition

  init(cases predicate: CasePredicate) {
    condition = predicate.sql(first: 2)
    sql = """
      SELECT ('x' || right(c.id::text, 8))::bit(32)::int AS number FROM cases c \
      WHERE $1 AND (\(condition.text)) ORDER BY number
      """
  }

  init(records predicate: CasePredicate) {
    condition = predicate.sql(first: 2)
    sql = """
      SELECT r.number FROM records r JOIN cases c ON c.id = r.case_id WHERE $1 AND (\(condition.text)) ORDER BY r.number
      """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(true)
    condition.bind(&parameters)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int32 { try row.decode() }
}

struct InsertCase: PostgresStatement {
  typealias Row = Never
  var facts: CaseFacts
  let sql = "INSERT INTO cases VALUES ($1::text::uuid, $2, $3, $4, $5)"

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(facts.id.description)
    parameters.append(Int16(facts.classification.rawValue))
    parameters.append(Int32(facts.caveats.rawValue))
    parameters.append(PostgresDate(facts.incident.from))
    parameters.append(PostgresDate(facts.incident.until))
  }
}

struct InsertHat: PostgresStatement {
  typealias Row = Never
  var facts: CaseFacts
  var hat: Hat
  let sql = "INSERT INTO case_relations VALUES ($1::text::uuid, $2, $3, $4, $5)"

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(facts.id.description)
    parameters.append(hat.party.description)
    parameters.append(Int16(hat.kind.rawValue))
    parameters.append(PostgresDate(hat.period.from))
    parameters.append(PostgresDate(hat.period.until))
  }
}

struct InsertEmbargo: PostgresStatement {
  typealias Row = Never
  var facts: CaseFacts
  var embargo: Embargo
  let sql = "INSERT INTO case_embargoes VALUES ($1::text::uuid, $2, $3, $4)"

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(facts.id.description)
    parameters.append(Int16(embargo.kind.rawValue))
    parameters.append(PostgresTimestamp(embargo.period.from))
    parameters.append(PostgresTimestamp(embargo.period.until))
  }
}

struct InsertRecord: PostgresStatement {
  typealias Row = Never
  var number: Int32
  var facts: CaseFacts
  var record: RecordFacts
  let sql = "INSERT INTO records VALUES ($1, $2::text::uuid, $3, $4, $5, $6)"

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(facts.id.description)
    parameters.append(record.owners.map(\.description))
    parameters.append(record.releasedTo.map(\.description))
    parameters.append(record.isEmbargoed)
    parameters.append(Int16(record.classification.rawValue))
  }
}
