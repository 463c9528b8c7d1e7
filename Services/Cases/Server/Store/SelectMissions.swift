import AIP
import Postgres

/// Every mission, without its hosts.
struct SelectMissions: PostgresStatement {
  static let isReadOnly = true

  var sql: String {
    """
    SELECT id, code, display_name, kind, start_date, end_date, active, dates_reviewed, part_of, note, revision \
    FROM missions ORDER BY code COLLATE "C"
    """
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Mission {
    Mission(
      id: try row.decode(),
      code: try row.decode(),
      displayName: try row.decode(),
      kind: try row.decode(),
      startDate: try row.decode(),
      endDate: try row.decode(),
      isActive: try row.decode(),
      areDatesReviewed: try row.decode(),
      partOf: try row.decode(),
      note: try row.decode(),
      revision: try row.decode()
    )
  }
}

/// Every host of every mission.
struct SelectMissionHosts: PostgresStatement {
  struct Row: Sendable {
    var mission: MissionID
    var host: MissionHost
  }

  static let isReadOnly = true

  var sql: String {
    """
    SELECT mission_id, state, role, start_date, end_date, reviewed, id, agreement, revision FROM mission_hosts \
    ORDER BY mission_id, state, start_date NULLS FIRST, role
    """
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    Row(
      mission: try row.decode(),
      host: MissionHost(
        state: try row.decode(),
        role: try row.decode(),
        startDate: try row.decode(),
        endDate: try row.decode(),
        isReviewed: try row.decode(),
        id: try row.decode(),
        agreement: try row.decode(),
        revision: try row.decode()
      )
    )
  }
}
