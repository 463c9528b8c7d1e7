import VigilAccessAPI

extension PBCertificate: Tabular {
  /// A certificate as a line of a list.
  static let columns: [Column<PBCertificate>] = [
    Column("principal") { $0.principal },
    Column("state") { label($0.state) },
    Column("start_time", for: .programs) { $0.hasStartTime ? $0.startTime.text : "" },
    Column("end_time") { $0.hasEndTime ? $0.endTime.text : "" },
    Column("revoke_time", for: .programs) { $0.hasRevokeTime ? $0.revokeTime.text : "" },
    Column("key_digest", for: .programs) { $0.keyDigest.hexadecimal },
    Column("requester", for: .programs) { $0.requester },
    Column("issuer", for: .programs) { $0.issuer },
    Column("predecessor", for: .programs) { $0.predecessor },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}
