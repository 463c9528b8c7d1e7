import AIP
import Policy
import Postgres

/// Whether there is any case on record.
struct SelectAnyCase: PostgresStatement {
  var sql: String { "SELECT EXISTS (SELECT FROM cases)" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { try row.decode() }
}

/// The missions of exercises.
struct InsertExerciseMissions: PostgresStatement {
  typealias Row = Never
  var missions: [Mission]

  var sql: String {
    """
    INSERT INTO missions (id, code, display_name, kind, start_date, end_date, active, dates_reviewed, note) \
    SELECT id, code, display_name, kind, start_date, nullif(end_date, 0), active, true, note \
    FROM unnest($1::text[], $2::text[], $3::text[], $4::int2[], $5::int4[], $6::int4[], $7::bool[], $8::text[]) \
    AS n (id, code, display_name, kind, start_date, end_date, active, note)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(missions.map(\.id))
    parameters.append(missions.map(\.code))
    parameters.append(missions.map(\.displayName))
    parameters.append(missions.map(\.kind.rawValue))
    parameters.append(missions.map { $0.startDate?.rawValue ?? 0 })
    parameters.append(missions.map { $0.endDate?.rawValue ?? 0 })
    parameters.append(missions.map(\.isActive))
    parameters.append(missions.map(\.note))
  }
}

/// Their hosts.
struct InsertExerciseHosts: PostgresStatement {
  typealias Row = Never
  private let hosts: [(mission: MissionID, host: MissionHost)]

  init(of missions: [Mission]) {
    hosts = missions.flatMap { mission in mission.hosts.map { (mission.id, $0) } }
  }

  var sql: String {
    """
    INSERT INTO mission_hosts (mission_id, state, role, start_date, reviewed) \
    SELECT mission_id, state, role, nullif(start_date, 0), true \
    FROM unnest($1::text[], $2::text[], $3::int2[], $4::int4[]) AS n (mission_id, state, role, start_date)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(hosts.map(\.mission))
    parameters.append(hosts.map(\.host.state))
    parameters.append(hosts.map(\.host.role.rawValue))
    parameters.append(hosts.map { $0.host.startDate?.rawValue ?? 0 })
  }
}

/// Cases of exercises.
struct InsertExerciseCases: PostgresStatement {
  typealias Row = Never
  var lives: [ExerciseLife]

  var sql: String {
    """
    INSERT INTO cases (id, display_number, mission_id, incident_date, incident_end_date, number, act, state, victim_count, \
    host_states, host_states_reviewed, data_set, source_classification, classification, caveats, revision, create_time, \
    update_time) \
    SELECT id, display_number, mission_id, incident_date, nullif(incident_end_date, 0), number, act, state, victim_count, \
    string_to_array(host_states, ','), host_states_reviewed, '\(ExerciseWorld.dataSet)', \
    '\(ExerciseWorld.classification)', classification, caveats, revision, create_time, update_time \
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int4[], $5::int4[], $6::int4[], $7::int2[], $8::int2[], \
    $9::int4[], $10::text[], $11::bool[], $12::int2[], $13::int4[], $14::int8[], $15::timestamptz[], $16::timestamptz[]) \
    AS n (id, display_number, mission_id, incident_date, incident_end_date, number, act, state, victim_count, \
    host_states, host_states_reviewed, classification, caveats, revision, create_time, update_time)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(lives.map(\.record.id))
    parameters.append(lives.map(\.record.displayNumber))
    parameters.append(lives.map(\.record.mission))
    parameters.append(lives.map(\.record.incidentDate))
    parameters.append(lives.map { $0.record.incidentEndDate?.rawValue ?? 0 })
    parameters.append(lives.map(\.number))
    parameters.append(lives.map(\.record.act.rawValue))
    parameters.append(lives.map(\.record.state))
    parameters.append(lives.map(\.record.victimCount))
    parameters.append(lives.map { $0.record.hostStates.joined(separator: ",") })
    parameters.append(lives.map(\.record.areHostStatesReviewed))
    parameters.append(lives.map { Int16($0.classification.rawValue) })
    parameters.append(lives.map { Int32($0.caveats.rawValue) })
    parameters.append(lives.map(\.record.revision))
    parameters.append(lives.map(\.record.createTime))
    parameters.append(lives.map(\.record.updateTime))
  }
}

/// Their victims.
struct InsertExerciseVictims: PostgresStatement {
  typealias Row = Never
  private let victims: [(caseID: RecordID, victim: ExerciseVictim)]

  init(of lives: [ExerciseLife]) {
    victims = lives.flatMap { life in life.victims.map { (life.record.id, $0) } }
  }

  var sql: String {
    """
    INSERT INTO victims (id, case_id, category, nationality_code, nationality_name, sex, harm, casualty_id, incident_type, \
    is_embargoed) \
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int2[], $4::text[], $5::text[], $6::int2[], $7::int2[], $8::text[], \
    $9::int2[], $10::bool[])
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(victims.map(\.victim.record.id))
    parameters.append(victims.map(\.caseID))
    parameters.append(victims.map(\.victim.record.category))
    parameters.append(victims.map(\.victim.record.nationality.code))
    parameters.append(victims.map(\.victim.record.nationality.sourceName))
    parameters.append(victims.map(\.victim.record.sex))
    parameters.append(victims.map(\.victim.record.harm.rawValue))
    parameters.append(victims.map(\.victim.record.casualtyID))
    parameters.append(victims.map(\.victim.record.incidentType))
    parameters.append(victims.map(\.victim.isEmbargoed))
  }
}

/// The relations that are recorded and do not follow from facts: those of forums.
struct InsertExerciseForums: PostgresStatement {
  typealias Row = Never
  private let forums: [(caseID: RecordID, party: PartyID, time: PostgresTimestamp)]

  init(of lives: [ExerciseLife]) {
    forums = lives.flatMap { life in life.forums.map { (life.record.id, $0.party, $0.time) } }
  }

  var sql: String {
    """
    INSERT INTO case_relation_records (case_id, party, hat, valid_from, valid_until, recorded_at) \
    SELECT case_id, party, \(HatKind.forum.rawValue), '-infinity', 'infinity', recorded_at \
    FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS n (case_id, party, recorded_at)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(forums.map(\.caseID))
    parameters.append(forums.map(\.party.description))
    parameters.append(forums.map(\.time))
  }
}
