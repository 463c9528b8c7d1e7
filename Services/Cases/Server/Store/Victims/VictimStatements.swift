import AIP
import Postgres

/// Victims whom a person enters.
struct InsertEnteredVictims: PostgresStatement {
  typealias Row = Never
  var caseID: RecordID
  var victims: [Victim]

  var sql: String {
    """
    INSERT INTO victims (case_id, \(Victim.columnNames)) SELECT $1, \(Victim.selection) \
    FROM unnest(\(Victim.arrays(from: 2))) AS n (\(Victim.columnNames))
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(caseID)
    Victim.bind(victims, embargoes: victims.map(\.awaitsKin), to: &parameters)
  }
}

/// A victim as it is now.
struct UpdateVictim: PostgresStatement {
  typealias Row = Never
  var victim: Victim
  var isEmbargoed: Bool

  var sql: String {
    """
    UPDATE victims v SET (\(Victim.columnNames)) = (\(Victim.selection)) \
    FROM unnest(\(Victim.arrays(from: 1))) AS n (\(Victim.columnNames)) WHERE v.id = n.id
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    Victim.bind([victim], embargoes: [isEmbargoed], to: &parameters)
  }
}

/// A victim that is no longer shown or counted.
struct WithdrawVictim: PostgresStatement {
  typealias Row = Never
  var id: RecordID

  var sql: String { "UPDATE victims SET withdrawn = true, revision = revision + 1 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(id) }
}

/// Writes that the victims of a case changed, and by how many there are more.
struct UpdateVictimCount: PostgresStatement {
  typealias Row = Never
  var caseID: RecordID
  var added: Int32
  var time: PostgresTimestamp

  var sql: String {
    """
    UPDATE cases SET victim_count = victim_count + $2, revision = revision + 1, update_time = $3 WHERE id = $1
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(caseID)
    parameters.append(added)
    parameters.append(time)
  }
}

// Columns go as arrays, which PostgreSQL unnests; lists in them as one text each.
extension Victim {
  private static let columns: [(name: String, type: String)] = [
    ("id", "uuid"), ("category", "int2"), ("nationality_code", "text"), ("nationality_name", "text"), ("sex", "int2"),
    ("harm", "int2"), ("casualty_id", "text"), ("head_count", "int4"), ("person", "text"), ("subcategory", "text"),
    ("contributing_state", "text"), ("nationalities", "text"), ("employer", "int2"), ("age_band", "int2"),
    ("rank", "text"), ("unit", "text"), ("harm_date", "int4"), ("death_date", "int4"), ("release_date", "int4"),
    ("return_date", "int4"), ("kin_notified_date", "int4"), ("medical_note", "text"), ("revision", "int8"),
    ("is_embargoed", "bool"),
  ]

  fileprivate static var columnNames: String { columns.map(\.name).joined(separator: ", ") }

  fileprivate static var selection: String {
    columns.map { $0.name == "nationalities" ? "string_to_array(n.nationalities, ',')" : "n.\($0.name)" }
      .joined(separator: ", ")
  }

  fileprivate static func arrays(from first: Int) -> String {
    columns.enumerated().map { "$\(first + $0.offset)::\($0.element.type)[]" }.joined(separator: ", ")
  }

  fileprivate static func bind(_ victims: [Victim], embargoes: [Bool], to parameters: inout PostgresParameters) {
    parameters.append(victims.map(\.id))
    parameters.append(victims.map(\.category))
    parameters.append(victims.map(\.nationality.code))
    parameters.append(victims.map(\.nationality.sourceName))
    parameters.append(victims.map(\.sex))
    parameters.append(victims.map(\.harm))
    parameters.append(victims.map(\.casualtyID))
    parameters.append(victims.map(\.headCount))
    parameters.append(victims.map(\.person))
    parameters.append(victims.map(\.subcategory))
    parameters.append(victims.map(\.contributingState))
    parameters.append(victims.map { $0.nationalities.joined(separator: ",") })
    parameters.append(victims.map(\.employer))
    parameters.append(victims.map(\.ageBand))
    parameters.append(victims.map(\.rank))
    parameters.append(victims.map(\.unit))
    parameters.append(victims.map(\.harmDate))
    parameters.append(victims.map(\.deathDate))
    parameters.append(victims.map(\.releaseDate))
    parameters.append(victims.map(\.returnDate))
    parameters.append(victims.map(\.kinNotifiedDate))
    parameters.append(victims.map(\.medicalNote))
    parameters.append(victims.map(\.revision))
    parameters.append(embargoes)
  }
}
