import AIP
import Audit
import AuditOutbox
import Postgres
import Records

/// Imports of the fatalities: what is on record, and the writing of a plan, in one transaction.
struct ImportStore: Sendable {
  let pool: PostgresPool
  let ids: RecordID.Generator
  let herald: FeedHerald

  /// An import as it is to be kept.
  struct Request: Sendable {
    var file: FatalitiesFile
    var sha256: [UInt8]
    var size: Int64
    var source: String
    var principal: String
    /// What the log is to have of it.
    var record: AuditRecord
    var requestID: RequestID?
    /// Digest of everything that the request says.
    var digest: [UInt8]
    var allowsManyWithdrawals: Bool
    var time: PostgresTimestamp

    /// Nil for a request that is not to be known again.
    var replyKey: Replies.Key? {
      requestID.map {
        Replies.Key(principal: principal, method: ImportStore.method, requestID: $0, digest: digest)
      }
    }
  }

  /// What an import made, for the answer.
  struct Completed: Sendable {
    /// Nil when nothing was kept.
    var id: RecordID?
    var report: ImportReport
  }

  static let method = "vigil.cases.v1.ImportService/ImportUNFatalities"

  /// Makes the import and keeps the answer under its request id, all or nothing. One runs at a time; others wait.
  ///
  /// - Parameter answer: makes the bytes of the answer.
  /// - Returns: those bytes, or the ones of the first call with the same request id.
  func run(_ request: Request, answer: @Sendable (Completed) throws -> [UInt8]) async throws -> [UInt8] {
    let reply = try await pool.withTransaction { transaction in
      _ = try await transaction.execute(SetScope(scope: .everything), LockImports())
      let key = request.replyKey
      if let key, let answer = try await Replies.find(key, in: transaction) { return answer }
      let plan = try await plan(request, transaction)
      let id = ids.next(unixMilliseconds: request.time.unixMilliseconds)
      try await write(plan, of: request, as: id, transaction)
      var record = request.record
      record.resource = "imports/\(id)"
      try await transaction.execute(InsertAuditRecords([record]))
      let bytes = try answer(Completed(id: id, report: plan.report))
      if let key { try await Replies.keep(bytes, for: key, at: request.time, in: transaction) }
      return bytes
    }
    herald.tell()
    return reply
  }

  /// What the import would do.
  func dryRun(_ request: Request) async throws -> Completed {
    try await pool.withTransaction(isolation: .repeatableRead, readOnly: true) { transaction in
      _ = try await transaction.execute(SetScope(scope: .everything))
      var report = try await plan(request, transaction).report
      for index in report.rows.indices { report.rows[index].caseID = nil }
      return Completed(id: nil, report: report)
    }
  }

  /// Acronyms of all missions.
  func missionCodes() async throws(PostgresError) -> Set<String> {
    Set(try await pool.execute(SelectMissions()).map(\.code))
  }
}

extension ImportStore {
  private func plan(_ request: Request, _ transaction: PostgresTransaction) async throws -> ImportPlan {
    let (latest, records, cases, victims, numbers, missions, hosts) = try await transaction.execute(
      SelectLatestPublication(),
      SelectFatalityRecords(),
      SelectImportedCases(),
      SelectImportedVictims(),
      SelectLastNumbers(),
      SelectMissions(),
      SelectMissionHosts()
    )
    guard !missions.contains(where: \.isOfExercise) else { throw ExerciseRefusal.exerciseRegister }
    if let latest = latest.first, request.file.published < latest {
      throw ImportRefusal.superseded(by: latest)
    }
    let register = FatalitiesRegister(
      records: records, cases: cases, victims: victims, numbers: numbers, missions: missions, hosts: hosts
    )
    let changes = Reconciliation(request.file, stored: records)
    try check(changes, of: records, request)
    let milliseconds = request.time.unixMilliseconds
    return ImportPlanner.plan(changes, register: register) { ids.next(unixMilliseconds: milliseconds) }
  }

  // A file that ends early at the end of a line is a valid file; what it lacks gives it away.
  private func check(_ changes: Reconciliation, of records: [StoredFatality], _ request: Request) throws {
    let withdrawn = changes.withdrawn.count
    let known = records.count { !$0.isWithdrawn }
    if !request.allowsManyWithdrawals, withdrawn > 50 || withdrawn * 50 > known {
      throw ImportRefusal.tooManyWithdrawals(withdrawn)
    }
  }

  private func write(
    _ plan: ImportPlan,
    of request: Request,
    as id: RecordID,
    _ transaction: PostgresTransaction
  ) async throws {
    let published = request.file.published
    try await transaction.execute(
      InsertImport(id: id, request: request, counts: plan.report.rowCounts),
      InsertRecords(records: plan.newRecords),
      UpdateRecords(records: plan.changedRecords),
      WithdrawRecords(ids: plan.withdrawnRecords),
      InsertEvents(events: plan.events, importID: id, published: published),
      InsertRefusals(rows: plan.report.rows, importID: id)
    )
    try await transaction.execute(
      InsertCases(cases: plan.newCases, published: published, time: request.time),
      UpdateCases(cases: plan.changedCases, published: published, time: request.time),
      InsertVictims(victims: plan.newVictims, published: published),
      UpdateVictims(victims: plan.changedVictims, published: published),
      WithdrawVictims(ids: plan.withdrawnVictims)
    )
    if !plan.newCases.isEmpty { try await transaction.execute(AnalyzeRegister()) }
  }
}
