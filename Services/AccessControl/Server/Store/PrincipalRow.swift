import AIP
import Policy
import Postgres

/// What principals are selected by.
enum PrincipalTest: RowTest, Hashable {
  case id(RecordID)
  case organisation(RecordID)
  /// Holds a role of the class by an assignment of its own.
  case holds(ReaderClass, at: PolicyTime)
  case isDisabled(Bool)

  func write(_ sql: inout ConditionWriter) -> String {
    switch self {
    case .id(let id): return "t.id = \(sql.add(id))"
    case .organisation(let id): return "t.organisation_id = \(sql.add(id))"
    case .holds(let reader, let time):
      let (reader, time) = (sql.add(reader), sql.add(time))
      return """
        EXISTS (SELECT FROM role_assignments r WHERE r.principal_id = t.id AND r.reader = \(reader) \
        AND r.start_time <= \(time) AND \(time) < r.end_time)
        """
    case .isDisabled(let isDisabled): return "(t.disable_time < 'infinity') IS \(isDisabled.sql)"
    }
  }
}

extension Principal: StoredRecord {
  typealias Test = PrincipalTest

  static let table = "principals"
  static let columns = """
    t.id, t.organisation_id, t.display_name, t.certificate_uri, t.token_subject, t.clearance, t.disable_time, \
    t.revision, t.create_time
    """
  static let key = "id"
  static let isDescending = false

  var keyValue: ListKey { .id(id) }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      organisation: try row.decode(),
      displayName: try row.decode(),
      credential: try Credential(certificate: row.decode(), token: row.decode()),
      clearance: try row.code(),
      disableTime: try row.time(),
      revision: try row.decode(),
      createTime: try row.time()
    )
  }
}

extension Principal.Credential {
  fileprivate init(certificate: String?, token: String?) {
    self = certificate.map { .certificate($0) } ?? .token(token ?? "")
  }

  var certificate: String? { if case .certificate(let uri) = self { uri } else { nil } }
  var token: String? { if case .token(let subject) = self { subject } else { nil } }
}

struct InsertPrincipal: PostgresStatement {
  typealias Row = Never
  var principal: Principal

  var sql: String {
    """
    INSERT INTO principals (id, organisation_id, display_name, certificate_uri, token_subject, clearance, create_time) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(principal.id)
    parameters.append(principal.organisation)
    parameters.append(principal.displayName)
    parameters.append(principal.credential.certificate)
    parameters.append(principal.credential.token)
    parameters.append(principal.clearance)
    parameters.append(principal.createTime)
  }
}

/// Stops a principal.
struct StopPrincipal: PostgresStatement {
  typealias Row = Never
  var id: RecordID
  var time: PolicyTime

  var sql: String { "UPDATE principals SET disable_time = $2, revision = revision + 1 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(time)
  }
}
