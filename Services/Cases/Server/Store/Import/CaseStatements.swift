import AIP
import Postgres

/// Cases that an import makes.
struct InsertCases: PostgresStatement {
  typealias Row = Never
  var cases: [ImportPlan.NewCase]
  var published: PartialDate
  var time: PostgresTimestamp

  // Host States go as one text for each case: PostgreSQL has no arrays of arrays of different lengths.
  var sql: String {
    """
    INSERT INTO cases (id, display_number, mission_id, incident_date, number, act, state, victim_count, host_states, \
    host_states_reviewed, data_set, publication_date, source_classification, create_time, update_time) \
    SELECT id, display_number, mission_id, incident_date, number, \(ActCategory.killing.rawValue), \
    \(Case.State.triage.rawValue), victim_count, string_to_array(host_states, ','), host_states_reviewed, \
    '\(FatalitiesFile.dataSet)', $1, '\(FatalitiesFile.classification)', $2, $2 \
    FROM unnest($3::uuid[], $4::text[], $5::text[], $6::int4[], $7::int4[], $8::int4[], $9::text[], $10::bool[]) \
    AS n (id, display_number, mission_id, incident_date, number, victim_count, host_states, host_states_reviewed)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(published)
    parameters.append(time)
    parameters.append(cases.map(\.id))
    parameters.append(cases.map(\.number.description))
    parameters.append(cases.map(\.key.mission))
    parameters.append(cases.map(\.key.date))
    parameters.append(cases.map(\.number.number))
    parameters.append(cases.map(\.victimCount))
    parameters.append(cases.map { $0.hosts.codes.joined(separator: ",") })
    parameters.append(cases.map(\.hosts.areReviewed))
  }
}

/// Cases whose victims changed.
struct UpdateCases: PostgresStatement {
  typealias Row = Never
  var cases: [ImportPlan.ChangedCase]
  var published: PartialDate
  var time: PostgresTimestamp

  var sql: String {
    """
    UPDATE cases c SET state = n.state, victim_count = c.victim_count + n.victims, publication_date = $1, update_time = $2, \
    revision = c.revision + 1 \
    FROM unnest($3::uuid[], $4::int2[], $5::int4[]) AS n (id, state, victims) WHERE c.id = n.id
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(published)
    parameters.append(time)
    parameters.append(cases.map(\.id))
    parameters.append(cases.map(\.state))
    parameters.append(cases.map(\.addedVictims))
  }
}

/// Victims that an import adds.
struct InsertVictims: PostgresStatement {
  typealias Row = Never
  var victims: [ImportPlan.NewVictim]
  var published: PartialDate

  var sql: String {
    """
    INSERT INTO victims (harm, publication_date, id, record_id, case_id, \(FatalityRow.victimColumns)) \
    SELECT \(Harm.killed.rawValue), $1, * \
    FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], \(FatalityRow.victimArrays(from: 5)))
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(published)
    parameters.append(victims.map(\.id))
    parameters.append(victims.map(\.recordID))
    parameters.append(victims.map(\.caseID))
    FatalityRow.bindVictims(victims.map(\.row), to: &parameters)
  }
}

/// Victims whose record changed, or that are counted again.
struct UpdateVictims: PostgresStatement {
  typealias Row = Never
  var victims: [ImportPlan.ChangedVictim]
  var published: PartialDate

  var sql: String {
    """
    UPDATE victims v SET case_id = n.case_id, publication_date = $1, withdrawn = false, \
    (\(FatalityRow.victimColumns)) = (\(FatalityRow.victimColumns(of: "n"))) \
    FROM unnest($2::uuid[], $3::uuid[], \(FatalityRow.victimArrays(from: 4))) \
    AS n (id, case_id, \(FatalityRow.victimColumns)) WHERE v.id = n.id
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(published)
    parameters.append(victims.map(\.id))
    parameters.append(victims.map(\.caseID))
    FatalityRow.bindVictims(victims.map(\.row), to: &parameters)
  }
}

/// Victims that are no longer counted.
struct WithdrawVictims: PostgresStatement {
  typealias Row = Never
  var ids: [RecordID]

  var sql: String { "UPDATE victims SET withdrawn = true WHERE id = ANY($1)" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(ids)
  }
}

extension FatalityRow {
  private static let victimNames = [
    "category", "nationality_code", "nationality_name", "sex", "casualty_id", "incident_type",
  ]
  private static let victimTypes = ["int2", "text", "text", "int2", "text", "int2"]

  /// The columns of the table `victims` that come from a row.
  static var victimColumns: String { victimNames.joined(separator: ", ") }

  static func victimColumns(of table: String) -> String {
    victimNames.map { "\(table).\($0)" }.joined(separator: ", ")
  }

  static func victimArrays(from first: Int) -> String {
    victimTypes.enumerated().map { "$\(first + $0.offset)::\($0.element)[]" }.joined(separator: ", ")
  }

  static func bindVictims(_ rows: [FatalityRow], to parameters: inout PostgresParameters) {
    parameters.append(rows.map(\.category))
    parameters.append(rows.map(\.nationality.code))
    parameters.append(rows.map(\.nationality.sourceName))
    parameters.append(rows.map(\.sex))
    parameters.append(rows.map(\.casualtyID))
    parameters.append(rows.map(\.incidentType))
  }
}
