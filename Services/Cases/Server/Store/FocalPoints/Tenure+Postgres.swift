import AIP
import Postgres

extension Seat.Kind: PostgresEncodable, PostgresDecodable {}

/// Every tenure, the earliest recorded first. There are some hundreds.
struct SelectTenures: PostgresStatement {
  static let isReadOnly = true

  var sql: String {
    """
    SELECT id, seat, mission_id, principal_id, alternates, languages, start_date, end_date, predecessor_id, note, \
    acknowledge_time, revision, create_time FROM focal_points ORDER BY id
    """
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Tenure {
    let id: RecordID = try row.decode()
    guard let seat = Seat(try row.decode(), mission: try row.decode()) else {
      throw PostgresError(.decoding(column: 1, .malformed))
    }
    return Tenure(
      id: id,
      seat: seat,
      principal: try row.decode(),
      alternates: try row.decode(),
      languages: try row.decode(),
      start: try row.decode(),
      end: try row.decode(),
      predecessor: try row.decode(),
      note: try row.decode(),
      acknowledgeTime: try row.decode(),
      revision: try row.decode(),
      createTime: try row.decode()
    )
  }
}

/// Has changes of tenures follow one another, until the transaction ends.
struct LockTenures: PostgresStatement {
  // The number is any that nothing else in this schema locks.
  var sql: String { "SELECT pg_advisory_xact_lock(2589, 9)::text" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { true }
}

struct InsertTenure: PostgresStatement {
  typealias Row = Never
  var tenure: Tenure

  var sql: String {
    """
    INSERT INTO focal_points (id, seat, mission_id, principal_id, alternates, languages, start_date, end_date, \
    predecessor_id, note, acknowledge_time, revision, create_time) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(tenure.id)
    parameters.append(tenure.seat.kind)
    parameters.append(tenure.seat.mission)
    parameters.append(tenure.principal)
    parameters.append(tenure.alternates)
    parameters.append(tenure.languages)
    parameters.append(tenure.start)
    parameters.append(tenure.end)
    parameters.append(tenure.predecessor)
    parameters.append(tenure.note)
    parameters.append(tenure.acknowledgeTime)
    parameters.append(tenure.revision)
    parameters.append(tenure.createTime)
  }
}

/// Writes a tenure as it is after it ended or was acknowledged.
struct UpdateTenure: PostgresStatement {
  typealias Row = Never
  var tenure: Tenure

  var sql: String { "UPDATE focal_points SET end_date = $2, acknowledge_time = $3, revision = $4 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(tenure.id)
    parameters.append(tenure.end)
    parameters.append(tenure.acknowledgeTime)
    parameters.append(tenure.revision)
  }
}
