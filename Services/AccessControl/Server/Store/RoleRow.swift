import AIP
import Policy
import Postgres

/// What role assignments are selected by.
enum RoleTest: RowTest, Hashable {
  case id(RecordID)
  case principal(RecordID)
  case reader(ReaderClass)
  case isActive(Bool, at: PolicyTime)

  func write(_ sql: inout ConditionWriter) -> String {
    switch self {
    case .id(let id): return "t.id = \(sql.add(id))"
    case .principal(let id): return "t.principal_id = \(sql.add(id))"
    case .reader(let reader): return "t.reader = \(sql.add(reader))"
    case .isActive(let isActive, let time):
      let time = sql.add(time)
      return "(t.start_time <= \(time) AND \(time) < t.end_time) IS \(isActive.sql)"
    }
  }
}

extension Role: StoredRecord {
  typealias Test = RoleTest

  static let table = "role_assignments"
  static let columns = """
    t.id, t.principal_id, t.reader, t.scope, t.start_time, t.end_time, t.assigner_id, t.revision, t.create_time
    """
  static let key = "id"
  static let isDescending = true

  var keyValue: ListKey { .id(id) }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      principal: try row.decode(),
      reader: try row.code(),
      scope: try row.optionalParty(),
      period: try row.period(),
      assigner: try row.decode(),
      revision: try row.decode(),
      createTime: try row.time()
    )
  }
}

struct InsertRole: PostgresStatement {
  typealias Row = Never
  var role: Role

  var sql: String {
    """
    INSERT INTO role_assignments (id, principal_id, reader, scope, start_time, end_time, assigner_id, create_time) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(role.id)
    parameters.append(role.principal)
    parameters.append(role.reader)
    parameters.append(role.scope)
    parameters.append(role.period)
    parameters.append(role.assigner)
    parameters.append(role.createTime)
  }
}

/// Ends a role.
struct EndRole: PostgresStatement {
  typealias Row = Never
  var id: RecordID
  var time: PolicyTime

  var sql: String { "UPDATE role_assignments SET end_time = $2, revision = revision + 1 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(time)
  }
}
