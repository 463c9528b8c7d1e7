import VigilCasesAPI
import VigilTypeAPI

extension PBMission: Tabular {
  /// A mission as a line of a list.
  static let columns: [Column<PBMission>] = [
    Column("code") { $0.code },
    Column("kind") { label($0.kind) },
    Column("start_date") { $0.startDate.text },
    Column("end_date") { $0.endDate.text },
    Column("active") { $0.active ? "yes" : "no" },
    Column("hosts", for: .people) { $0.hostsForPeople },
    Column("hosts", for: .programs) { $0.hostStates.joined(separator: " ") },
    Column("hosts_reviewed", for: .programs) { String($0.hosts.allSatisfy(\.reviewed)) },
    Column("dates_reviewed", for: .programs) { String($0.datesReviewed) },
    Column("display_name") { $0.displayName },
    Column("part_of", for: .programs) { $0.partOf },
    Column("note", for: .programs) { $0.note },
    Column("name", for: .programs) { $0.name },
  ]

  // What nobody has confirmed is not shown as established.
  private var hostsForPeople: String {
    let shown = hostStates.joined(separator: " ")
    return hosts.allSatisfy(\.reviewed) ? shown : "\(shown) (unreviewed)"
  }

  /// Each host once, however many periods it has.
  private var hostStates: [String] {
    hosts.reduce(into: []) { states, host in
      if !states.contains(host.state) { states.append(host.state) }
    }
  }
}

extension PBMissionHost: Tabular {
  /// A host as a line of a mission.
  static let columns: [Column<PBMissionHost>] = [
    Column("state") { $0.state },
    Column("role") { label($0.role) },
    Column("start_date") { $0.startDate.text },
    Column("end_date") { $0.endDate.text },
    Column("reviewed") { $0.reviewed ? "yes" : "no" },
    Column("agreement") { $0.agreement },
    Column("name") { $0.name },
  ]
}
