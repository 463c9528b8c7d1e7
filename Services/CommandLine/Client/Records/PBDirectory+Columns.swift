import VigilAccessAPI
import VigilTypeAPI

extension PBOrganisation: Tabular {
  /// An organisation as a line of a list.
  static let columns: [Column<PBOrganisation>] = [
    Column("party") { $0.party },
    Column("kind") { label($0.kind) },
    Column("display_name") { $0.displayName },
    Column("start_time") { $0.startTime.text },
    Column("end_time") { $0.hasEndTime ? $0.endTime.text : "" },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBPrincipal: Tabular {
  /// A principal as a line of a list.
  static let columns: [Column<PBPrincipal>] = [
    Column("display_name") { $0.displayName },
    Column("certificate_uri") { $0.certificateUri },
    Column("token_subject", for: .programs) { $0.tokenSubject },
    Column("clearance") { label($0.clearance) },
    Column("disabled") { $0.disabled ? "yes" : "no" },
    Column("name") { $0.name },
    Column("organisation", for: .programs) { $0.organisation },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBRoleAssignment: Tabular {
  /// A role as a line of a list.
  static let columns: [Column<PBRoleAssignment>] = [
    Column("reader") { label($0.reader) },
    Column("scope") { $0.scope },
    Column("start_time") { $0.startTime.text },
    Column("end_time") { $0.hasEndTime ? $0.endTime.text : "" },
    Column("name") { $0.name },
    Column("assigner", for: .programs) { $0.assigner },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBDelegation: Tabular {
  /// A delegation as a line of a list.
  static let columns: [Column<PBDelegation>] = [
    Column("delegator") { $0.delegator },
    Column("delegate") { $0.delegate },
    Column("readers") { $0.readers.map { label($0) }.joined(separator: " ") },
    Column("start_time") { $0.startTime.text },
    Column("end_time") { $0.endTime.text },
    Column("revoked") { $0.revoked ? "yes" : "no" },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBClassDecision {
  /// What is shown of a data class, as a line of a decision.
  static let columns: [Column<PBClassDecision>] = [
    Column("data_class") { label($0.dataClass) },
    Column("others") { shown($0.others, $0.othersReason) },
    Column("released") { shown($0.released, $0.releasedReason) },
    Column("own") { shown($0.own, $0.ownReason) },
  ]

  private static func shown(_ transform: PBTransform, _ reason: PBRedactionReason) -> String {
    reason == .none ? label(transform) : "\(label(transform)) (\(label(reason)))"
  }
}

extension PBReader: Tabular {
  /// A reader of a case as a line of a list.
  static let columns: [Column<PBReader>] = [
    Column("principal") { $0.principal },
    Column("readers") { $0.readers.map { label($0) }.joined(separator: " ") },
    Column("transform") { label($0.transform) },
  ]
}
