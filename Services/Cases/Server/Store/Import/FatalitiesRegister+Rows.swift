import AIP
import Postgres

extension FatalitiesRegister {
  init(
    records: [StoredFatality],
    cases: [CaseOnRecord],
    victims: [SelectImportedVictims.Row],
    numbers: [SelectLastNumbers.Row],
    missions: [Mission],
    hosts: [SelectMissionHosts.Row]
  ) {
    self.records = records
    self.cases = Dictionary(cases.map { ($0.key, $0) }) { first, _ in first }
    self.victims = Dictionary(victims.map { ($0.recordID, $0.victim) }) { first, _ in first }
    lastNumbers = Dictionary(numbers.map { ($0.series, $0.number) }) { max($0, $1) }
    self.missions = Dictionary(missions.map { ($0.id, $0) }) { first, _ in first }
    for row in hosts { self.missions[row.mission]?.hosts.append(row.host) }
  }
}

/// The date of the latest publication on record.
struct SelectLatestPublication: PostgresStatement {
  var sql: String {
    """
    SELECT publication_date FROM imports WHERE data_set = '\(FatalitiesFile.dataSet)' \
    ORDER BY publication_date DESC LIMIT 1
    """
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> PartialDate {
    try row.decode()
  }
}

/// Every record of the fatalities.
struct SelectFatalityRecords: PostgresStatement {
  var sql: String {
    """
    SELECT r.id, r.casualty_id, r.incident_date, m.code, r.sex, r.nationality_code, r.nationality_name, \
    r.personnel_type, r.category, r.incident_type, r.published_code, r.m49, r.withdrawn \
    FROM fatality_records r JOIN missions m ON m.id = r.mission_id ORDER BY r.id
    """
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> StoredFatality {
    StoredFatality(
      id: try row.decode(),
      row: FatalityRow(
        casualtyID: try row.decode(),
        incidentDate: try row.decode(),
        mission: try row.decode(),
        sex: try row.decode(),
        nationality: Nationality(code: try row.decode(), sourceName: try row.decode()),
        personnelType: try row.decode(),
        category: try row.decode(),
        incidentType: try row.decode(),
        publishedCode: try row.decode(),
        m49: try row.decode()
      ),
      isWithdrawn: try row.decode()
    )
  }
}

/// Every case that imports made.
struct SelectImportedCases: PostgresStatement {
  var sql: String {
    """
    SELECT id, mission_id, incident_date, state, victim_count FROM cases \
    WHERE data_set = '\(FatalitiesFile.dataSet)'
    """
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> FatalitiesRegister.CaseOnRecord {
    FatalitiesRegister.CaseOnRecord(
      id: try row.decode(),
      key: FatalityCaseKey(mission: try row.decode(), date: try row.decode()),
      state: try row.decode(),
      victimCount: try row.decode()
    )
  }
}

/// Every victim that imports made.
struct SelectImportedVictims: PostgresStatement {
  struct Row: Sendable {
    var recordID: RecordID
    var victim: FatalitiesRegister.VictimOnRecord
  }

  var sql: String {
    """
    SELECT v.record_id, v.id, c.mission_id, c.incident_date, v.withdrawn \
    FROM victims v JOIN cases c ON c.id = v.case_id WHERE v.record_id IS NOT NULL
    """
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    Row(
      recordID: try row.decode(),
      victim: FatalitiesRegister.VictimOnRecord(
        id: try row.decode(),
        caseKey: FatalityCaseKey(mission: try row.decode(), date: try row.decode()),
        isWithdrawn: try row.decode()
      )
    )
  }
}

/// The highest running number of each mission and year.
struct SelectLastNumbers: PostgresStatement {
  struct Row: Sendable {
    var series: DisplayNumber.Series
    var number: Int32
  }

  var sql: String { "SELECT mission_id, incident_date / 10000, max(number) FROM cases GROUP BY 1, 2" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    let mission: MissionID = try row.decode()
    let year: Int32 = try row.decode()
    return Row(series: DisplayNumber.Series(mission: mission, year: Int(year)), number: try row.decode())
  }
}
