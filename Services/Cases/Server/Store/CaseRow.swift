import Postgres

extension Case {
  /// The columns that ``init(_:)`` reads, of the table `cases` by the name `c`.
  static let columns = """
    c.id, c.display_number, c.mission_id, c.incident_date, c.incident_end_date, c.act, c.state, c.victim_count, \
    c.host_states, c.host_states_reviewed, c.data_set, c.publication_date, c.source_classification, c.revision, \
    c.create_time, c.update_time
    """

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      displayNumber: try row.decode(),
      mission: try row.decode(),
      incidentDate: try row.decode(),
      incidentEndDate: try row.decode(),
      act: try row.decode(),
      state: try row.decode(),
      victimCount: try row.decode(),
      hostStates: try row.decode(),
      areHostStatesReviewed: try row.decode(),
      dataSet: try row.decode(),
      publicationDate: try row.decode(),
      sourceClassification: try row.decode(),
      revision: try row.decode(),
      createTime: try row.decode(),
      updateTime: try row.decode()
    )
  }
}

extension Victim {
  /// The columns that ``init(_:)`` reads, of the table `victims` by the name `v`.
  static let columns = """
    v.id, v.category, v.nationality_code, v.nationality_name, v.sex, v.harm, v.casualty_id, v.incident_type, \
    v.publication_date
    """

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      category: try row.decode(),
      nationality: Nationality(code: try row.decode(), sourceName: try row.decode()),
      sex: try row.decode(),
      harm: try row.decode(),
      casualtyID: try row.decode(),
      incidentType: try row.decode(),
      publicationDate: try row.decode()
    )
  }
}
