import VigilCasesAPI
import VigilTypeAPI

extension PBCase: Tabular {
  /// A case as a line of a list.
  static let columns: [Column<PBCase>] = [
    Column("display_number") { $0.displayNumber },
    Column("incident_date") { $0.dates },
    Column("mission") { $0.mission.lastSegment.uppercased() },
    Column("act") { label($0.act) },
    Column("victim_count", .right) { String($0.victimCount) },
    Column("host_states", for: .people) { $0.hostsForPeople },
    Column("host_states", for: .programs) { $0.hostStates.joined(separator: " ") },
    Column("host_states_reviewed", for: .programs) { String($0.hostStatesReviewed) },
    Column("state") { label($0.state) },
    Column("classification", for: .programs) { label($0.classification) },
    Column("caveats", for: .programs) { $0.caveats.map { label($0) }.joined(separator: " ") },
    Column("redacted", for: .people) { $0.redactions.fields },
    Column("redactions", for: .programs) { $0.redactions.text },
    Column("publication_date", for: .programs) { $0.provenance.publicationDate.text },
    Column("source_classification", for: .programs) { $0.provenance.sourceClassification },
    Column("merged_into", for: .programs) { $0.mergedInto },
    Column("name") { $0.name },
  ]

  // What nobody has confirmed is not shown as established.
  private var hostsForPeople: String {
    let hosts = hostStates.joined(separator: " ")
    return hosts.isEmpty || hostStatesReviewed ? hosts : "\(hosts) (unreviewed)"
  }

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
