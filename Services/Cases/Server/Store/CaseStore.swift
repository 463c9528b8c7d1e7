import AIP
import Postgres

/// Reads of the register.
struct CaseStore: Sendable {
  let pool: PostgresPool

  /// A case with its victims in the order of casualty_id, or nil. One statement: one round trip and one snapshot.
  func find(_ id: RecordID) async throws(PostgresError) -> (case: Case, victims: [Victim])? {
    var found: Case?
    var victims: [Victim] = []
    for row in try await pool.execute(SelectCase(id: id)) {
      switch row {
      case .case(let row): found = row
      case .victim(let row): victims.append(row)
      }
    }
    return found.map { ($0, victims) }
  }

  /// A page of cases.
  func list(_ query: CaseQuery) async throws(PostgresError) -> [Case] {
    try await pool.execute(SelectCases(query: query))
  }

  /// The victims of several cases, by case, each in the order of casualty_id.
  func victims(of cases: [RecordID]) async throws(PostgresError) -> [RecordID: [Victim]] {
    var victims: [RecordID: [Victim]] = [:]
    for row in try await pool.execute(SelectVictims(cases: cases)) {
      victims[row.caseID, default: []].append(row.victim)
    }
    return victims
  }

  /// Every mission with its hosts, in the order of code. There are about a hundred.
  func missions() async throws(PostgresError) -> [Mission] {
    let (missions, hosts) = try await pool.execute(SelectMissions(), SelectMissionHosts())
    var hostsByMission: [MissionID: [MissionHost]] = [:]
    for row in hosts { hostsByMission[row.mission, default: []].append(row.host) }
    return missions.map { mission in
      var mission = mission
      mission.hosts = hostsByMission[mission.id] ?? []
      return mission
    }
  }
}
