import AIP
import Policy
import Postgres

/// What notices are selected by.
enum NoticeTest: RowTest, Hashable {
  case id(RecordID)
  case recipient(RecordID)
  case kind(Notice.Kind)
  case isAcknowledged(Bool)

  func write(_ sql: inout ConditionWriter) -> String {
    switch self {
    case .id(let id): "t.id = \(sql.add(id))"
    case .recipient(let id): "t.recipient_id = \(sql.add(id))"
    case .kind(let kind): "t.kind = \(sql.add(kind))"
    case .isAcknowledged(let isAcknowledged): "(t.acknowledge_time < 'infinity') IS \(isAcknowledged.sql)"
    }
  }
}

extension Notice.Kind: PostgresEncodable, PostgresDecodable {}

extension Notice: StoredRecord {
  typealias Test = NoticeTest

  static let table = "notices"
  static let columns = """
    t.id, t.recipient_id, t.kind, t.subject, t.create_time, t.deliver_time, t.acknowledge_time
    """
  static let key = "id"
  static let isDescending = true

  var keyValue: ListKey { .id(id) }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      recipient: try row.decode(),
      kind: try row.decode(),
      subject: try row.decode(),
      createTime: try row.time(),
      deliverTime: try row.time(),
      acknowledgeTime: try row.time()
    )
  }
}

/// One notice for each recipient.
struct InsertNotices: PostgresStatement {
  typealias Row = Never
  var ids: [RecordID]
  var recipients: [RecordID]
  var kind: Notice.Kind
  var subject: String
  var time: PolicyTime

  var sql: String {
    """
    INSERT INTO notices (id, recipient_id, kind, subject, create_time) \
    SELECT n.id, n.recipient_id, $3, $4, $5 FROM unnest($1, $2) AS n (id, recipient_id)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(ids)
    parameters.append(recipients)
    parameters.append(kind)
    parameters.append(subject)
    parameters.append(time)
  }
}

/// Records that notices were handed over, those that were not before.
struct DeliverNotices: PostgresStatement {
  typealias Row = Never
  var ids: [RecordID]
  var time: PolicyTime

  var sql: String { "UPDATE notices SET deliver_time = $2 WHERE id = ANY($1) AND deliver_time = 'infinity'" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(ids)
    parameters.append(time)
  }
}

/// Writes how far a notice has come.
struct UpdateNotice: PostgresStatement {
  typealias Row = Never
  var notice: Notice

  var sql: String { "UPDATE notices SET deliver_time = $2, acknowledge_time = $3 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(notice.id)
    parameters.append(notice.deliverTime)
    parameters.append(notice.acknowledgeTime)
  }
}
