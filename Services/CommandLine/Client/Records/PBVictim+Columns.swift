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
    Column("person") { $0.person },
    Column("head_count", .right) { $0.headCount > 1 ? String($0.headCount) : "" },
    Column("harm_date") { $0.harmDate.text },
    Column("death_date") { $0.deathDate.text },
    Column("incident_type") { label($0.incidentType) },
    Column("nationalities", for: .programs) { $0.nationalities.joined(separator: " ") },
    Column("contributing_state", for: .programs) { $0.contributingState },
    Column("subcategory", for: .programs) { $0.subcategory },
    Column("employer", for: .programs) { label($0.employer) },
    Column("age_band", for: .programs) { label($0.ageBand) },
    Column("rank", for: .programs) { $0.rank },
    Column("unit", for: .programs) { $0.unit },
    Column("release_date", for: .programs) { $0.releaseDate.text },
    Column("return_date", for: .programs) { $0.returnDate.text },
    Column("kin_notified_date", for: .programs) { $0.kinNotifiedDate.text },
    Column("medical_note", for: .programs) { $0.medicalNote },
    Column("etag", for: .programs) { $0.etag },
    Column("name", for: .programs) { $0.name },
  ]
}
