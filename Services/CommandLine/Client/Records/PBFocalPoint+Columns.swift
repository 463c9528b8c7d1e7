import VigilCasesAPI
import VigilTypeAPI

extension PBFocalPoint: Tabular {
  /// A tenure as a line of a list.
  static let columns: [Column<PBFocalPoint>] = [
    Column("seat") { label($0.seat) },
    Column("mission") { $0.mission },
    Column("principal") { $0.redactions.value($0.principal, of: "principal") },
    Column("alternates", for: .programs) { $0.alternates.joined(separator: " ") },
    Column("languages") { $0.languages.joined(separator: " ") },
    Column("start_date") { $0.startDate.text },
    Column("end_date") { $0.endDate.text },
    Column("predecessor", for: .programs) { $0.predecessor },
    Column("handover_note", for: .programs) { $0.handoverNote },
    Column("acknowledge_time", for: .programs) { $0.hasAcknowledgeTime ? $0.acknowledgeTime.text : "" },
    Column("redactions", for: .programs) { $0.redactions.fields },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBFocalPointGap: Tabular {
  /// A gap as a line of a list.
  static let columns: [Column<PBFocalPointGap>] = [
    Column("seat") { label($0.seat) },
    Column("mission") { $0.mission },
    Column("since") { $0.since.text },
    Column("held_before") { $0.heldBefore ? "yes" : "no" },
  ]
}
