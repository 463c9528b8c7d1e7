import AIP
import Policy
import Postgres
import Records

/// Reads records, one by one and by the page.
struct Lists: Sendable {
  let pool: PostgresPool
  let tokens: PageTokens
  let clock: WallClock

  /// One record of those that the caller may know of, or nil.
  func find<Record: StoredRecord>(
    _ test: Record.Test, among visible: FilterTree<Record.Test>
  ) async throws(PostgresError) -> Record? {
    try await pool.execute(SelectRecords<Record>(.all([visible, .condition(test)]), limit: 1)).first
  }

  /// A page of the records that the caller may know of, and the token of the next.
  func page<Record: StoredRecord>(
    _ plan: ListPlan<Record>, among visible: FilterTree<Record.Test>
  ) async throws -> (records: ArraySlice<Record>, nextPageToken: String) {
    let now = clock.seconds
    var after: ListKey?
    if let bytes = try await tokens.open(plan.pageToken, query: plan.digest, now: now) {
      guard let key = ListKey(bytes: bytes) else {
        throw ServiceError.invalid("page_token", "is not a token of this list", reason: .invalidPageToken)
      }
      after = key
    }
    // One more than the page holds tells that there is another.
    let select = SelectRecords<Record>(.all([visible, plan.filter]), after: after, limit: plan.size + 1)
    let found = try await pool.execute(select)
    let records = found.prefix(plan.size)
    guard found.count > plan.size, let last = records.last else { return (records, "") }
    return (records, try await tokens.seal(last.keyValue.bytes, query: plan.digest, now: now))
  }
}

/// A request for a list, checked.
struct ListPlan<Record: StoredRecord>: Sendable {
  let size: Int
  let pageToken: String
  let digest: QueryDigest
  let filter: FilterTree<Record.Test>

  /// - Parameter parent: the resource whose members are listed, with the test for it.
  init(
    _ request: some ListRequest, _ schema: FilterSchema<Record.Test>, parent: (name: String, test: Record.Test)? = nil
  ) throws(ServiceError) {
    size = try PageSize(standard: 50, maximum: 500).resolve(request.pageSize)
    pageToken = request.pageToken
    digest = QueryDigest(Record.table, parent?.name ?? "", request.filter)
    do {
      let stated = try schema.parse(request.filter)
      filter = .all([stated] + (parent.map { [.condition($0.test)] } ?? []))
    } catch {
      throw ServiceError(error)
    }
  }
}
