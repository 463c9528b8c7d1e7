/// The history table of one schema, on one connection.
struct MigrationHistory {
  private let connection: PostgresConnection
  private let schema: String

  init(_ connection: PostgresConnection, schema: String) {
    self.connection = connection
    self.schema = schema
  }

  private var table: String { Self.table(of: schema) }

  private static func table(of schema: String) -> String { "\(schema.quotedIdentifier).schema_migrations" }

  /// Waits until no other migrator works on this schema; holds until the connection is closed.
  func lock() async throws(PostgresError) {
    _ = try await connection.execute(Lock(schema: schema))
  }

  func createIfMissing() async throws(PostgresError) {
    // CREATE SCHEMA IF NOT EXISTS demands the right to create even when there is nothing to do.
    if try await !connection.execute(SchemaExists(schema: schema)).first.isTrue {
      try await script("CREATE SCHEMA \(schema.quotedIdentifier)")
    }
    try await script(
      """
      CREATE TABLE IF NOT EXISTS \(table) (
        number integer PRIMARY KEY,
        name text NOT NULL,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
      )
      """)
  }

  /// What was applied, in order; nothing when there is no history table yet.
  func read() async throws(PostgresError) -> [MigrationPlan.Applied] {
    try await Self.read(schema: schema, on: connection)
  }

  /// What was applied to `schema`, asked of a pool or a connection.
  static func read(
    schema: String,
    on executor: some PostgresExecutor,
    deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> [MigrationPlan.Applied] {
    let table = table(of: schema)
    guard try await executor.execute(TableExists(table: table), deadline: deadline).first.isTrue else { return [] }
    return try await executor.execute(ReadHistory(table: table), deadline: deadline)
  }

  /// Runs a migration and notes it, both or neither.
  func apply(_ migration: Migration) async throws(PostgresError) {
    do throws(PostgresError) {
      try await script("BEGIN; SET LOCAL search_path TO \(schema.quotedIdentifier)")
      try await script(migration.sql)
      try await connection.execute(Note(table: table, migration: migration))
      try await script("COMMIT")
    } catch {
      _ = try? await script("ROLLBACK")
      throw error
    }
  }

  private func script(_ sql: String) async throws(PostgresError) {
    _ = try await connection.submit(.script(sql))
  }
}

extension Bool? {
  /// `nil`, no row, counts as false.
  fileprivate var isTrue: Bool { self ?? false }
}

extension MigrationHistory {
  private struct Lock: PostgresStatement {
    var schema: String
    var sql: String { "SELECT 1 FROM pg_advisory_lock(hashtextextended('vigil.migrations.' || $1, 0))" }
    func bind(_ parameters: inout PostgresParameters) { parameters.append(schema) }
    static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int { try row.decode() }
  }

  private struct SchemaExists: PostgresStatement {
    var schema: String
    var sql: String { "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)" }
    func bind(_ parameters: inout PostgresParameters) { parameters.append(schema) }
    static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { try row.decode() }
  }

  private struct TableExists: PostgresStatement {
    var table: String
    var sql: String { "SELECT to_regclass($1) IS NOT NULL" }
    func bind(_ parameters: inout PostgresParameters) { parameters.append(table) }
    static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { try row.decode() }
  }

  private struct ReadHistory: PostgresStatement {
    var table: String
    var sql: String { "SELECT number, name, checksum FROM \(table) ORDER BY number" }
    static func decode(_ row: inout PostgresRow) throws(PostgresError) -> MigrationPlan.Applied {
      MigrationPlan.Applied(number: try row.decode(), name: try row.decode(), checksum: try row.decode())
    }
  }

  private struct Note: PostgresStatement {
    typealias Row = Never
    var table: String
    var migration: Migration
    var sql: String { "INSERT INTO \(table) (number, name, checksum) VALUES ($1, $2, $3)" }
    func bind(_ parameters: inout PostgresParameters) {
      parameters.append(Int32(clamping: migration.number))
      parameters.append(migration.name)
      parameters.append(migration.checksum)
    }
  }
}
