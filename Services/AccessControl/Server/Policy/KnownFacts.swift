import AIP
import Policy
import PolicyPostgres
import Postgres
import Records

/// The facts of a case with what access control itself knows of it: the embargoes.
struct KnownFacts: CaseFactsSource {
  let register: any CaseFactsSource
  let pool: PostgresPool
  let clock: WallClock

  func facts(of id: RecordID) async throws -> CaseFacts? {
    guard var facts = try await register.facts(of: id) else { return nil }
    let now = PolicyTime(clock.now())
    facts.embargoes += try await pool.execute(SelectHolds(cases: [id], time: now)).map(\.embargo)
    return facts
  }
}
