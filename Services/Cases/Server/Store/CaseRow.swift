import AIP
import Policy
import PolicyPostgres
import Postgres

/// A row of a statement that gives cases, who stands in what relation to them, and their victims: cheaper than a join,
/// which would repeat the case with every victim. The first column says which of the three it is, the second of which
/// case; the columns of the others are null.
enum CaseRow: Sendable {
  case `case`(CaseFile)
  case relation(RecordID, Hat)
  case victim(RecordID, FiledVictim)

  /// The kinds of row by number, each with the columns that it has.
  private static let kinds = [CaseFile.columns, Hat.columns, FiledVictim.columns]

  /// What to select for rows of a kind (0 a case, 1 a relation, 2 a victim) of the case `id`.
  static func columns(_ kind: Int, of id: String) -> String {
    let columns = kinds.indices.map { index in
      kinds[index].map { index == kind ? $0.name : "NULL::\($0.type)" }.joined(separator: ", ")
    }
    return "\(kind), \(id), " + columns.joined(separator: ", ")
  }

  init(_ row: inout PostgresRow) throws(PostgresError) {
    let kind: Int32 = try row.decode()
    let id: RecordID = try row.decode()
    row.skip(Self.kinds[..<Int(kind)].reduce(0) { $0 + $1.count })
    switch kind {
    case 0: self = .case(try CaseFile(id, &row))
    case 1: self = .relation(id, try Hat(&row))
    default: self = .victim(id, try FiledVictim(&row))
    }
  }
}

extension [CaseFile] {
  /// The cases in the order of their rows, which come before those of relations and victims.
  init(_ rows: [CaseRow]) {
    self.init()
    var places: [RecordID: Int] = [:]
    for row in rows {
      switch row {
      case .case(let file):
        places[file.record.id] = count
        append(file)
      case .relation(let id, let hat):
        if let place = places[id] { self[place].facts.hats.append(hat) }
      case .victim(let id, let victim):
        if let place = places[id] { self[place].victims.append(victim) }
      }
    }
  }
}

typealias CaseColumn = (name: String, type: String)

extension CaseFile {
  /// Of the table `cases` by the name `c`. The date and the number of victims are what the reader may see where the
  /// statement says so.
  static let columns: [CaseColumn] = [
    ("c.display_number", "text"), ("c.mission_id", "text"), ("c.incident_date", "int4"),
    ("c.incident_end_date", "int4"),
    ("c.act", "int2"), ("c.state", "int2"), ("c.victim_count", "int4"), ("c.host_states", "text[]"),
    ("c.host_states_reviewed", "bool"), ("c.data_set", "text"), ("c.publication_date", "int4"),
    ("c.source_classification", "text"), ("c.revision", "int8"), ("c.create_time", "timestamptz"),
    ("c.update_time", "timestamptz"), ("c.merged_into", "uuid"), ("c.classification", "int2"), ("c.caveats", "int4"),
    ("c.incident_from", "date"),
    ("c.incident_until", "date"),
  ]

  init(_ id: RecordID, _ row: inout PostgresRow) throws(PostgresError) {
    record = Case(
      id: id,
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
      id: id, hats: [], classification: try row.code(), caveats: try row.codes(), incident: try row.days())
  }
}

extension Hat {
  /// Of the view `case_relations` by the name `r`.
  static let columns: [CaseColumn] = [
    ("r.party", "text"), ("r.hat", "int2"), ("r.valid_from", "date"), ("r.valid_until", "date"),
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    let party = try row.party()
    self.init(try row.code(), party, period: try row.days())
  }
}

extension FiledVictim {
  /// Of the table `victims` by the name `v`.
  static let columns: [CaseColumn] = [
    ("v.id", "uuid"), ("v.category", "int2"), ("v.nationality_code", "text"), ("v.nationality_name", "text"),
    ("v.sex", "int2"), ("v.harm", "int2"), ("v.casualty_id", "text"), ("v.incident_type", "int2"),
    ("v.publication_date", "int4"), ("v.record_id IS NOT NULL", "bool"), ("v.head_count", "int4"),
    ("v.person", "text"), ("v.subcategory", "text"), ("v.contributing_state", "text"), ("v.nationalities", "text[]"),
    ("v.employer", "int2"), ("v.age_band", "int2"), ("v.rank", "text"), ("v.unit", "text"), ("v.harm_date", "int4"),
    ("v.death_date", "int4"), ("v.release_date", "int4"), ("v.return_date", "int4"), ("v.kin_notified_date", "int4"),
    ("v.medical_note", "text"), ("v.revision", "int8"), ("v.owners", "text[]"), ("v.released_to", "text[]"),
    ("v.is_embargoed", "bool"), ("v.classification", "int2"),
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
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
