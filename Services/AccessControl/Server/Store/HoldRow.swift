import AIP
import Policy
import Postgres

/// What embargoes are selected by.
enum HoldTest: RowTest, Hashable {
  case id(RecordID)
  case caseID(RecordID)
  case kind(EmbargoKind)
  case isActive(Bool, at: PolicyTime)
  /// Is in force at the time, or will be.
  case isPending(PolicyTime)

  func write(_ sql: inout ConditionWriter) -> String {
    switch self {
    case .id(let id): return "t.id = \(sql.add(id))"
    case .caseID(let id): return "t.case_id = \(sql.add(id))"
    case .kind(let kind): return "t.kind = \(sql.add(kind))"
    case .isActive(let isActive, let time):
      let time = sql.add(time)
      return "(t.start_time <= \(time) AND \(time) < t.end_time) IS \(isActive.sql)"
    case .isPending(let time): return "\(sql.add(time)) < t.end_time"
    }
  }
}

extension Hold: StoredRecord {
  typealias Test = HoldTest

  static let table = "embargoes"
  static let columns = """
    t.id, t.case_id, t.kind, t.start_time, t.end_time, t.lifter_id, t.revision, t.create_time
    """
  static let key = "id"
  static let isDescending = true

  var keyValue: ListKey { .id(id) }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      kind: try row.code(),
      period: try row.period(),
      lifter: try row.decode(),
      revision: try row.decode(),
      createTime: try row.time()
    )
  }
}

struct InsertHold: PostgresStatement {
  typealias Row = Never
  var hold: Hold

  var sql: String {
    "INSERT INTO embargoes (id, case_id, kind, start_time, end_time, create_time) VALUES ($1, $2, $3, $4, $5, $6)"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(hold.id)
    parameters.append(hold.caseID)
    parameters.append(hold.kind)
    parameters.append(hold.period)
    parameters.append(hold.createTime)
  }
}

/// Ends an embargo.
struct LiftHold: PostgresStatement {
  typealias Row = Never
  var hold: Hold

  var sql: String { "UPDATE embargoes SET end_time = $2, lifter_id = $3, revision = $4 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(hold.id)
    parameters.append(hold.period.until)
    parameters.append(hold.lifter)
    parameters.append(hold.revision)
  }
}

/// The embargoes on cases at a time.
struct SelectHolds: PostgresStatement {
  static let isReadOnly = true
  var cases: [RecordID]
  var time: PolicyTime

  var sql: String {
    """
    SELECT \(Hold.columns) FROM embargoes t WHERE t.case_id = ANY($1) AND t.start_time <= $2 AND $2 < t.end_time \
    ORDER BY t.id
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(cases)
    parameters.append(time)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Hold { try Hold(&row) }
}
