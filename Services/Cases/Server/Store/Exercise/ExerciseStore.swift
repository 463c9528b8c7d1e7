import Audit
import AuditOutbox
import Postgres

/// Registers of exercises: made whole, in one transaction, a batch at a time so that memory does not grow with them.
struct ExerciseStore: Sendable {
  let pool: PostgresPool
  let herald: FeedHerald
  private static let batch = 500

  /// How far a register is.
  struct Progress: Hashable, Sendable {
    var cases = 0
    var victims = 0
    var records = 0
  }

  /// - Parameters:
  ///   - count: of cases.
  ///   - record: for the log.
  ///   - progress: is told after each batch.
  /// - Throws: FAILED_PRECONDITION unless the register is empty.
  func fill(
    cases count: Int, seed: UInt64, record: AuditRecord, progress: @Sendable (Progress) async throws -> Void
  ) async throws {
    try await pool.withTransaction { transaction in
      // Neither imports nor other cases come between.
      let (_, _, isUsed) = try await transaction.execute(SetScope(scope: .everything), LockImports(), SelectAnyCase())
      guard isUsed == [false] else { throw ExerciseRefusal.registerInUse }
      let missions = try await transaction.execute(SelectMissions())
      if !missions.contains(where: \.isOfExercise) {
        _ = try await transaction.execute(
          InsertExerciseMissions(missions: ExerciseWorld.missions), InsertExerciseHosts(of: ExerciseWorld.missions))
      }
      var generator = ExerciseGenerator(seed: seed)
      var done = Progress()
      while done.cases < count {
        let lives = (0..<min(Self.batch, count - done.cases)).map { _ in generator.next() }
        try await write(lives, transaction)
        done.cases += lives.count
        done.victims += lives.reduce(0) { $0 + $1.victims.count }
        done.records += lives.reduce(0) { $0 + $1.recordCount }
        if done.cases == count { try await transaction.execute(AnalyzeRegister(), InsertAuditRecords([record])) }
        try await progress(done)
      }
    }
    herald.tell()
  }

  private func write(_ lives: [ExerciseLife], _ transaction: PostgresTransaction) async throws(PostgresError) {
    _ = try await transaction.execute(
      InsertExerciseCases(lives: lives), InsertExerciseVictims(of: lives), InsertExerciseForums(of: lives))
    let dossiers = lives.map(\.dossier)
    // Each after what it names.
    try await transaction.insert(dossiers.flatMap(\.communications))
    try await transaction.insert(dossiers.flatMap(\.proceedings))
    try await transaction.insert(dossiers.flatMap(\.suspects))
    try await transaction.insert(dossiers.flatMap(\.tracks))
    try await transaction.insert(dossiers.flatMap(\.facts))
    try await transaction.insert(dossiers.flatMap(\.testimonies))
    try await transaction.insert(dossiers.flatMap(\.closures))
    try await transaction.insert(dossiers.flatMap(\.transitions))
  }
}
