import VigilCasesAPI
import VigilTypeAPI

extension PBIncident: CaseRow {
  static let columns: [Column<PBIncident>] = [
    Column("occurred") { $0.occurred },
    Column("zone", for: .programs) { $0.zone },
    Column("report_time", for: .programs) { $0.hasReportTime ? $0.reportTime.text : "" },
    Column("territorial_state") { $0.territorialState },
    Column("admin1") { $0.admin1 },
    Column("place") { $0.place },
    Column("point", for: .programs) { $0.hasPoint ? "\($0.point.latitude),\($0.point.longitude)" : "" },
    Column("radius_meters", for: .programs) { $0.hasPoint ? String($0.point.radiusMeters) : "" },
    Column("acts") { $0.acts.map { label($0) }.joined(separator: " ") },
    Column("targets") { $0.targets.map { label($0) }.joined(separator: " ") },
    Column("contexts", for: .programs) { $0.contexts.map { label($0) }.joined(separator: " ") },
    Column("means", for: .programs) { $0.means.map { label($0) }.joined(separator: " ") },
    Column("ongoing") { $0.ongoing ? "yes" : "" },
    Column("source") { label($0.source) },
    Column("certainty") { label($0.certainty) },
    Column("narrative", for: .programs) { $0.narrative },
    Column("narrative_language", for: .programs) { $0.narrativeLanguage },
    Column("external_ids", for: .programs) { incident in
      incident.externalIds.map { "\(label($0.system)):\($0.id)" }.joined(separator: " ")
    },
    Column("known_date") { $0.knownDate.text },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
    Column("redacted") { $0.redactions.fields },
  ]
}
