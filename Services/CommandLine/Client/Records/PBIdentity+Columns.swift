import VigilAccessAPI
import VigilTypeAPI

extension PBIdentity {
  /// Who somebody is, as lines.
  static let columns: [Column<PBIdentity>] = [
    Column("display_name") { $0.displayName },
    Column("party") { $0.party },
    Column("readers") { $0.readers.map { label($0) }.joined(separator: " ") },
    Column("principal") { $0.principal },
    Column("organisation") { $0.organisation },
    Column("session") { $0.session },
  ]
}

extension PBSession: Tabular {
  /// A session as a line of a list.
  static let columns: [Column<PBSession>] = [
    Column("kind") { label($0.kind) },
    Column("create_time") { $0.createTime.text },
    Column("refresh_time") { $0.refreshTime.text },
    Column("expire_time") { $0.expireTime.text },
    Column("end_time") { $0.hasEndTime ? $0.endTime.text : "" },
    Column("end") { label($0.end) },
    Column("name") { $0.name },
  ]
}

extension PBInvitation: Tabular {
  /// An invitation as lines.
  static let columns: [Column<PBInvitation>] = [
    Column("code") { $0.code },
    Column("expire_time") { $0.expireTime.text },
    Column("name") { $0.name },
  ]
}
