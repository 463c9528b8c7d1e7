import AIP
import Policy
import PolicyPostgres
import Postgres

/// A case comes in one row with who stands in what relation to it, and with its victims: cheaper than a join, which would
/// repeat the case with every victim, and than a statement for each.
extension CaseFile {
  /// What a statement selects of `c`: the table `cases`, or what stands for it.
  ///
  /// - Parameters:
  ///   - relations: which of the relations, as a condition on `r`, and in what order.
  ///   - holdsVictims: whether the victims come with it.
  static func selection(relations: String, holdsVictims: Bool) -> String {
    """
    \((["c.id"] + columns).joined(separator: ", ")), \
    ARRAY(SELECT ROW(\(Hat.columns)) FROM case_relations r WHERE r.case_id = c.id AND \(relations)), \
    \(holdsVictims ? FiledVictim.ofCase : "'{}'::record[]")
    """
  }

  /// Of the table `cases` by the name `c`. The date and the number of victims are what the reader may see where the
  /// statement says so.
  static let columns = [
    "c.display_number", "c.mission_id", "c.incident_date", "c.incident_end_date", "c.act", "c.state",
    "c.victim_count", "c.host_states", "c.host_states_reviewed", "c.data_set", "c.publication_date",
    "c.source_classification", "c.revision", "c.create_time", "c.update_time", "c.merged_into", "c.classification",
    "c.caveats", "c.incident_from", "c.incident_until",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    record = Case(
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
      updateTime: try row.decode(),
      mergedInto: try row.decode()
    )
    facts = CaseFacts(
      id: record.id, hats: [], classification: try row.code(), caveats: try row.codes(), incident: try row.days())
    facts.hats = try row.records { (hat) throws(PostgresError) in try Hat(&hat) }
    victims = try row.records { (victim) throws(PostgresError) in try FiledVictim(&victim) }
  }
}

extension Hat {
  /// Of the view `case_relations`, or the table that it is of, by the name `r`.
  static let columns = "r.party, r.hat, r.valid_from, r.valid_until"

  init(_ row: inout PostgresRow) throws(PostgresError) {
    let party = try row.party()
    self.init(try row.code(), party, period: try row.days())
  }
}

extension FiledVictim {
  /// Those of the case `c`, in the order of casualty_id.
  fileprivate static let ofCase = """
    ARRAY(SELECT ROW(\(columns)) FROM victims v WHERE v.case_id = c.id AND NOT v.withdrawn \
    ORDER BY v.casualty_id, v.nationality_code)
    """

  /// Of the table `victims` by the name `v`.
  private static let columns = """
    v.id, v.category, v.nationality_code, v.nationality_name, v.sex, v.harm, v.casualty_id, v.incident_type, \
    v.publication_date::int4, v.record_id IS NOT NULL, v.head_count, v.person, v.subcategory, v.contributing_state, \
    v.nationalities, v.employer, v.age_band, v.rank, v.unit, v.harm_date::int4, v.death_date::int4, \
    v.release_date::int4, v.return_date::int4, v.kin_notified_date::int4, v.medical_note, v.revision, v.owners, \
    v.released_to, v.is_embargoed, v.classification
    """

  fileprivate init(_ row: inout PostgresRow) throws(PostgresError) {
    record = Victim(
      id: try row.decode(),
      category: try row.decode(),
      nationality: Nationality(code: try row.decode(), sourceName: try row.decode()),
      sex: try row.decode(),
      harm: try row.decode(),
      casualtyID: try row.decode(),
      incidentType: try row.decode(),
      publicationDate: try row.decode(),
      isPublished: try row.decode(),
      headCount: try row.decode(),
      person: try row.decode(),
      subcategory: try row.decode(),
      contributingState: try row.decode(),
      nationalities: try row.decode(),
      employer: try row.decode(),
      ageBand: try row.decode(),
      rank: try row.decode(),
      unit: try row.decode(),
      harmDate: try row.decode(),
      deathDate: try row.decode(),
      releaseDate: try row.decode(),
      returnDate: try row.decode(),
      kinNotifiedDate: try row.decode(),
      medicalNote: try row.decode(),
      revision: try row.decode()
    )
    facts = RecordFacts(
      owners: try row.parties(), releasedTo: try row.parties(), isEmbargoed: try row.decode(),
      classification: try row.code())
  }
}
