import VigilCasesAPI
import VigilTypeAPI

extension PBCase {
  /// A case as a line of a list.
  static let columns: [Column<PBCase>] = [
    Column("display_number") { $0.displayNumber },
    Column("incident_date") { $0.dates },
    Column("mission") { $0.mission.lastSegment.uppercased() },
    Column("act") { label($0.act) },
    Column("victim_count", .right) { String($0.victimCount) },
    Column("host_states") { $0.hostStates.joined(separator: " ") },
    Column("host_states_reviewed", isHiddenInTables: true) { String($0.hostStatesReviewed) },
    Column("state") { label($0.state) },
    Column("publication_date", isHiddenInTables: true) { $0.provenance.publicationDate.text },
    Column("source_classification", isHiddenInTables: true) { $0.provenance.sourceClassification },
    Column("name") { $0.name },
  ]

  /// The day, or the first and the last as an ISO 8601 interval.
  private var dates: String {
    hasIncidentEndDate ? "\(incidentDate.text)/\(incidentEndDate.text)" : incidentDate.text
  }
}

extension String {
  /// What follows the last slash of a resource name.
  var lastSegment: String {
    split(separator: "/").last.map(String.init) ?? self
  }
}
