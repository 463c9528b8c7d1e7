import AIP
import Postgres
import Records

/// Has changes of a mission and its hosts follow one another, until the transaction ends.
struct LockMission: PostgresStatement {
  var id: MissionID

  var sql: String { "SELECT revision FROM missions WHERE id = $1 FOR NO KEY UPDATE" }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(id) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}

/// Writes a mission as it is after a change, without its hosts.
struct UpdateMission: PostgresStatement {
  typealias Row = Never
  var mission: Mission

  var sql: String {
    """
    UPDATE missions SET display_name = $2, kind = $3, start_date = $4, end_date = $5, active = $6, \
    dates_reviewed = $7, note = $8, revision = $9 WHERE id = $1
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(mission.id)
    parameters.append(mission.displayName)
    parameters.append(mission.kind)
    parameters.append(mission.startDate)
    parameters.append(mission.endDate)
    parameters.append(mission.isActive)
    parameters.append(mission.areDatesReviewed)
    parameters.append(mission.note)
    parameters.append(mission.revision)
  }
}

/// Counts a change of a mission's hosts as one of the mission.
struct TouchMission: PostgresStatement {
  typealias Row = Never
  var id: MissionID

  var sql: String { "UPDATE missions SET revision = revision + 1 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(id) }
}

/// Puts a host on record, or writes one as it is after a change. What follows from it for cases follows in the same
/// statement (migrations 0003 and 0010).
struct WriteMissionHost: PostgresStatement {
  typealias Row = Never
  var mission: MissionID
  var host: MissionHost

  var sql: String {
    """
    INSERT INTO mission_hosts (id, mission_id, state, role, start_date, end_date, agreement, reviewed, revision) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
    ON CONFLICT (id) DO UPDATE SET start_date = excluded.start_date, end_date = excluded.end_date, \
    agreement = excluded.agreement, reviewed = excluded.reviewed, revision = excluded.revision
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(host.id)
    parameters.append(mission)
    parameters.append(host.state)
    parameters.append(host.role)
    parameters.append(host.startDate)
    parameters.append(host.endDate)
    parameters.append(host.agreement)
    parameters.append(host.isReviewed)
    parameters.append(host.revision)
  }
}

/// Takes a host that never was one from those in force. Its versions stay on record.
struct WithdrawMissionHost: PostgresStatement {
  typealias Row = Never
  var id: RecordID

  var sql: String { "DELETE FROM mission_hosts WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(id) }
}
