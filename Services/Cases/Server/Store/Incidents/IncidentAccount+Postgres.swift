import AIP
import Postgres

/// What was said of incidents.
extension IncidentAccount: CaseEntry {
  static let table = "incident_accounts"
  static let columns = [
    "id", "case_id", "incident_id", "revision", "occurred", "zone", "report_time", "territorial_state", "admin1",
    "place", "latitude", "longitude", "radius_meters", "contexts", "means", "acts", "targets", "ongoing", "narrative",
    "narrative_language", "source", "certainty", "external_ids", "known_date", "author_id", "create_time",
  ]

  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(),
      caseID: try row.decode(),
      incident: try row.decode(),
      revision: try row.decode(),
      occurred: try row.decode(),
      zone: try row.decode(),
      reported: try row.decode(),
      territorialState: try row.decode(),
      admin1: try row.decode(),
      place: try row.decode(),
      point: try GeoPoint(&row),
      contexts: try row.decode(),
      means: try row.decode(),
      acts: try row.decode(),
      targets: try row.decode(),
      isOngoing: try row.decode(),
      narrative: try row.decode(),
      narrativeLanguage: try row.decode(),
      source: try row.decode(),
      certainty: try row.decode(),
      externalIDs: try row.decode([String].self).compactMap { ExternalID(stored: $0) },
      known: try row.decode(),
      author: try row.decode(),
      createTime: try row.decode()
    )
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(caseID)
    parameters.append(incident)
    parameters.append(revision)
    parameters.append(occurred.description)
    parameters.append(zone)
    parameters.append(reported)
    parameters.append(territorialState)
    parameters.append(admin1)
    parameters.append(place)
    parameters.append(point?.latitude)
    parameters.append(point?.longitude)
    parameters.append(point?.radius)
    parameters.append(contexts)
    parameters.append(means)
    parameters.append(acts)
    parameters.append(targets)
    parameters.append(isOngoing)
    parameters.append(narrative)
    parameters.append(narrativeLanguage)
    parameters.append(source)
    parameters.append(certainty)
    parameters.append(externalIDs.map(\.stored))
    parameters.append(known)
    parameters.append(author)
    parameters.append(createTime)
  }
}

extension GeoPoint {
  /// Of three columns; nil where they are null.
  fileprivate init?(_ row: inout PostgresRow) throws(PostgresError) {
    let latitude: Double? = try row.decode()
    let longitude: Double? = try row.decode()
    let radius: Int32? = try row.decode()
    guard let latitude, let longitude, let radius else { return nil }
    self.init(latitude: latitude, longitude: longitude, radius: radius)
  }
}

extension ExternalID {
  /// The system's name, a colon, and what it says there.
  var stored: String { "\(system.name):\(id)" }

  init?(stored text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let system = ExternalSystem(named: String(parts[0])) else { return nil }
    self.init(system: system, id: String(parts[1]))
  }
}

extension PostgresRow {
  /// The next column, EDTF.
  fileprivate mutating func decode() throws(PostgresError) -> Occurrence {
    guard let occurrence = Occurrence(try decode(String.self)) else {
      throw PostgresError(.decoding(column: 0, .malformed))
    }
    return occurrence
  }
}

extension AttackContext: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}

extension AttackMeans: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}

extension AttackTarget: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}
