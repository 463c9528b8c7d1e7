import AIP
import Policy
import Postgres

/// What grants are selected by.
enum PermitTest: RowTest, Hashable {
  case id(RecordID)
  case caseID(RecordID)
  case grantee(String)
  case purpose(Purpose)
  case state(Permit.State)
  /// Approved and in its period.
  case isActive(Bool, at: PolicyTime)
  /// Approved and not over at the time, whether it has begun or not.
  case isPending(PolicyTime)

  func write(_ sql: inout ConditionWriter) -> String {
    switch self {
    case .id(let id): return "t.id = \(sql.add(id))"
    case .caseID(let id): return "t.case_id = \(sql.add(id))"
    case .grantee(let party): return "t.grantee = \(sql.add(party))"
    case .purpose(let purpose): return "t.purpose = \(sql.add(purpose))"
    case .state(let state): return "t.state = \(sql.add(state))"
    case .isActive(let isActive, let time):
      let time = sql.add(time)
      return "(t.state = 2 AND t.start_time <= \(time) AND \(time) < t.end_time) IS \(isActive.sql)"
    case .isPending(let time): return "t.state = 2 AND \(sql.add(time)) < t.end_time"
    }
  }
}

extension Permit.State: PostgresEncodable, PostgresDecodable {}

extension Permit: StoredRecord {
  typealias Test = PermitTest

  static let table = "grants"
  static let columns = """
    t.id, t.case_id, t.classes, t.purpose, t.grantee, t.principal_id, t.legal_basis, t.conditions, t.fulfilled, t.lifts, \
    t.onward_sharing, t.start_time, t.end_time, t.requester_id, t.approver_id, t.cleared_by_legal, t.state, t.revision, \
    t.create_time
    """
  static let key = "id"
  static let isDescending = false

  var keyValue: ListKey { .id(id) }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      classes: try row.wideCodes(),
      purpose: try row.code(),
      grantee: try row.party(),
      principal: try row.decode(),
      legalBasis: try row.decode(),
      conditions: try row.wideCodes(),
      fulfilled: try row.wideCodes(),
      lifts: try row.wideCodes(),
      allowsOnwardSharing: try row.decode(),
      period: try row.period(),
      requester: try row.decode(),
      approver: try row.decode(),
      isClearedByLegal: try row.decode(),
      state: try row.decode(),
      revision: try row.decode(),
      createTime: try row.time()
    )
  }
}

extension PostgresRow {
  /// The next column, the bits of a set of up to 16 words.
  fileprivate mutating func wideCodes<Code: PolicyCode>() throws(PostgresError) -> CodeSet<Code> {
    let bits: Int32 = try decode()
    return CodeSet(rawValue: UInt16(truncatingIfNeeded: bits)).intersection(.all)
  }
}

struct InsertPermit: PostgresStatement {
  typealias Row = Never
  var permit: Permit

  var sql: String {
    """
    INSERT INTO grants (id, case_id, classes, purpose, grantee, principal_id, legal_basis, conditions, fulfilled, lifts, \
    onward_sharing, start_time, end_time, requester_id, create_time) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, $12, $13, $14)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(permit.id)
    parameters.append(permit.caseID)
    parameters.append(Int32(permit.classes.rawValue))
    parameters.append(permit.purpose)
    parameters.append(permit.grantee)
    parameters.append(permit.principal)
    parameters.append(permit.legalBasis)
    parameters.append(Int32(permit.conditions.rawValue))
    parameters.append(Int32(permit.lifts.rawValue))
    parameters.append(permit.allowsOnwardSharing)
    parameters.append(permit.period)
    parameters.append(permit.requester)
    parameters.append(permit.createTime)
  }
}

/// Writes what steps change.
struct UpdatePermit: PostgresStatement {
  typealias Row = Never
  var permit: Permit

  var sql: String {
    """
    UPDATE grants SET fulfilled = $2, approver_id = $3, cleared_by_legal = $4, state = $5, revision = $6 WHERE id = $1
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(permit.id)
    parameters.append(Int32(permit.fulfilled.rawValue))
    parameters.append(permit.approver)
    parameters.append(permit.isClearedByLegal)
    parameters.append(permit.state)
    parameters.append(permit.revision)
  }
}
