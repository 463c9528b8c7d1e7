import VigilCasesAPI
import VigilTypeAPI

extension PBRowOutcome {
  /// What became of a row, for programs.
  static let columns: [Column<PBRowOutcome>] = [
    Column("row", .right) { String($0.row) },
    Column("outcome") { label($0.outcome) },
    Column("scope") { label($0.scope) },
    Column("casualty_id") { $0.casualtyID },
    Column("nationality_code") { $0.nationalityCode },
    Column("case") { $0.case },
    Column("changes") { $0.changes.map { "\($0.field): \($0.oldValue) → \($0.newValue)" }.joined(separator: "; ") },
    Column("refusal_reason") { label($0.refusal.reason) },
    Column("refusal_field") { $0.refusal.field },
    Column("refusal_description") { $0.refusal.description_p },
  ]

  /// Why rows were refused, for people.
  static let refusalColumns: [Column<PBRowOutcome>] = [
    Column("row", .right) { String($0.row) },
    Column("casualty_id") { $0.casualtyID },
    Column("reason") { label($0.refusal.reason) },
    Column("field") { $0.refusal.field },
    Column("description") { $0.refusal.description_p },
  ]
}
