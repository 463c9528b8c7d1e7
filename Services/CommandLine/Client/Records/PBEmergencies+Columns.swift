import VigilAccessAPI

extension PBEmergencyAccess: Tabular {
  /// An emergency access as a line of a list.
  static let columns: [Column<PBEmergencyAccess>] = [
    Column("case") { $0.case },
    Column("principal") { $0.principal },
    Column("start_time") { $0.startTime.text },
    Column("end_time") { $0.endTime.text },
    Column("reason") { $0.reason },
    Column("reviewed", for: .people) { $0.reviewer.isEmpty ? "no" : "yes" },
    Column("reviewer", for: .programs) { $0.reviewer },
    Column("finding", for: .programs) { $0.finding },
    Column("notified", for: .programs) { $0.notified.joined(separator: " ") },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBLockdown: Tabular {
  /// A lockdown as a line of a list.
  static let columns: [Column<PBLockdown>] = [
    Column("mission") { $0.mission.isEmpty ? "every mission" : $0.mission },
    Column("mode") { label($0.mode) },
    Column("start_time") { $0.startTime.text },
    Column("end_time") { $0.hasEndTime ? $0.endTime.text : "" },
    Column("initiator", for: .programs) { $0.initiator },
    Column("ender", for: .programs) { $0.ender },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBNotice: Tabular {
  /// A notice as a line of a list.
  static let columns: [Column<PBNotice>] = [
    Column("kind") { label($0.kind) },
    Column("subject") { $0.subject },
    Column("create_time") { $0.createTime.text },
    Column("state") { label($0.state) },
    Column("deliver_time", for: .programs) { $0.hasDeliverTime ? $0.deliverTime.text : "" },
    Column("acknowledge_time", for: .programs) { $0.hasAcknowledgeTime ? $0.acknowledgeTime.text : "" },
    Column("name") { $0.name },
  ]
}
