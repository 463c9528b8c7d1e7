import VigilCasesAPI
import VigilTypeAPI

extension PBVictim {
  /// A victim as a line of a case.
  static let columns: [Column<PBVictim>] = [
    Column("casualty_id", for: .people) { $0.redactions.value($0.casualtyID, of: "casualty_id") },
    Column("casualty_id", for: .programs) { $0.casualtyID },
    Column("nationality") { $0.nationality.code.isEmpty ? $0.nationality.sourceName : $0.nationality.code },
    Column("category") { label($0.category) },
    Column("sex") { label($0.sex) },
    Column("harm") { label($0.harm) },
    Column("incident_type") { label($0.incidentType) },
    Column("name", for: .programs) { $0.name },
  ]
}
