import AIP
import Policy
import Postgres

/// Reads of the register, each for somebody, within whose scope PostgreSQL keeps it.
struct CaseStore: Sendable {
  let pool: PostgresPool

  /// A case with its victims, or nil. One round trip.
  func find(_ id: RecordID, for scope: ReadScope) async throws(PostgresError) -> CaseFile? {
    let (_, rows) = try await pool.execute(SetScope(scope: scope), SelectCase(id: id, relations: scope.relations))
    return rows.first
  }

  /// A page of cases, with their victims if the query asks for them. One round trip.
  func list(_ query: CaseQuery, for scope: ReadScope) async throws(PostgresError) -> [CaseFile] {
    // Whoever can see nothing lists nothing without asking the database.
    guard query.lens.visible != .any([]) else { return [] }
    let (_, rows) = try await pool.execute(SetScope(scope: scope), SelectCases(query: query, scope: scope))
    return rows
  }

  /// A page of the cases that a search finds, and on demand how many of them have which values.
  func search(
    _ query: CaseQuery, by facets: [CaseFacet], for scope: ReadScope
  ) async throws(PostgresError) -> (found: [CaseFile], counts: [FacetValue]) {
    guard query.lens.visible != .any([]) else { return ([], []) }
    let select = SelectCases(query: query, scope: scope)
    guard !facets.isEmpty else {
      let (_, _, rows) = try await pool.execute(SetScope(scope: scope), PlanForValues(), select)
      return (rows, [])
    }
    let count = CountCases(query: query, scope: scope, by: facets)
    let (_, _, rows, counts) = try await pool.execute(SetScope(scope: scope), PlanForValues(), select, count)
    return (rows, counts)
  }

  /// Of each word of a query the forms by which texts are found.
  func words(of query: String) async throws(PostgresError) -> [[String]] {
    try await pool.execute(SelectSearchWords(query: query))
  }

  /// What decisions about cases need to know, for those of them that exist. One round trip.
  func facts(of ids: [RecordID]) async throws(PostgresError) -> [CaseFacts] {
    let (_, facts) = try await pool.execute(SetScope(scope: .everything), SelectCaseFacts(cases: ids))
    return facts
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
