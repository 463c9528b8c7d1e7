import AIP
import Policy
import Postgres

/// What organisations are selected by.
enum OrganisationTest: RowTest, Hashable {
  case id(RecordID)
  case party(String)
  case kind(Organisation.Kind)
  case isActive(Bool, at: PolicyTime)

  func write(_ sql: inout ConditionWriter) -> String {
    switch self {
    case .id(let id): return "t.id = \(sql.add(id))"
    case .party(let party): return "t.party = \(sql.add(party))"
    case .kind(let kind): return "t.kind = \(sql.add(kind))"
    case .isActive(let isActive, let time):
      let time = sql.add(time)
      return "(t.start_time <= \(time) AND \(time) < t.end_time) IS \(isActive.sql)"
    }
  }
}

extension Organisation: StoredRecord {
  typealias Test = OrganisationTest

  static let table = "organisations"
  static let columns = """
    t.id, t.party, t.display_name, t.kind, t.start_time, t.end_time, t.revision, t.create_time
    """
  static let key = "party"
  static let isDescending = false

  var keyValue: ListKey { .text(party.description) }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      party: try row.party(),
      displayName: try row.decode(),
      kind: try row.decode(),
      period: try row.period(),
      revision: try row.decode(),
      createTime: try row.time()
    )
  }
}

struct InsertOrganisation: PostgresStatement {
  typealias Row = Never
  var organisation: Organisation

  var sql: String {
    """
    INSERT INTO organisations (id, party, display_name, kind, start_time, end_time, create_time) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(organisation.id)
    parameters.append(organisation.party)
    parameters.append(organisation.displayName)
    parameters.append(organisation.kind)
    parameters.append(organisation.period)
    parameters.append(organisation.createTime)
  }
}
