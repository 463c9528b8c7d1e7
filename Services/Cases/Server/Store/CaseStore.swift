import AIP
import Policy
import Postgres

/// Reads of the register, each for somebody, within whose scope PostgreSQL keeps it.
struct CaseStore: Sendable {
  let pool: PostgresPool

  /// A case with its victims, or nil. One round trip.
  func find(_ id: RecordID, for scope: ReadScope) async throws(PostgresError) -> CaseFile? {
    let (_, rows) = try await pool.execute(SetScope(scope: scope), SelectCase(id: id, relations: scope.relations))
    return [CaseFile](rows).first
  }

  /// A page of cases, with their victims if the query asks for them. One round trip.
  func list(_ query: CaseQuery, for scope: ReadScope) async throws(PostgresError) -> [CaseFile] {
    // Whoever can see nothing lists nothing without asking the database.
    guard query.lens.visible != .any([]) else { return [] }
    let (_, rows) = try await pool.execute(SetScope(scope: scope), SelectCases(query: query, scope: scope))
    // The number in a list is that of the victims whom the reader may count.
    return [CaseFile](rows).map { file in
      var file = file
      file.countedVictims = file.record.victimCount
      return file
    }
  }

  /// What decisions about cases need to know, for those of them that exist. One round trip.
  func facts(of ids: [RecordID]) async throws(PostgresError) -> [CaseFacts] {
    let (_, rows) = try await pool.execute(SetScope(scope: .everything), SelectCaseFacts(cases: ids))
    return [CaseFile](rows).map(\.facts)
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
