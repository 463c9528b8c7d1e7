import Logging
import Postgres
import TestSupport
import Testing

@Suite struct MigratorTests {
  private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  private let first = Migration(1, "create_notes", "CREATE TABLE notes (body text); INSERT INTO notes VALUES ('one')")
  private let second = Migration(2, "add_author", "ALTER TABLE notes ADD author text;\n-- the end")

  private func migrator(_ url: String, _ migrations: Migration...) -> PostgresMigrator {
    PostgresMigrator(url: url, schema: "cases", migrations: migrations, logger: logger)
  }

  @Test func whatIsMissingIsAppliedOnce() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    #expect(try await migrator(database.url, first).migrate() == [first])
    #expect(try await migrator(database.url, first).migrate() == [])
    #expect(try await migrator(database.url, second, first).migrate(dryRun: true) == [second])
    #expect(try await migrator(database.url, second, first).migrate() == [second])
    try await database.withPool { pool in
      let notes = Select("SELECT body FROM cases.notes WHERE author IS NULL", as: String.self)
      try await expect(["one"], from: notes, on: pool)
      let history = Select("SELECT number || ' ' || name FROM cases.schema_migrations ORDER BY 1", as: String.self)
      try await expect(["1 create_notes", "2 add_author"], from: history, on: pool)
    }
  }

  @Test func aDryRunChangesNothing() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    #expect(try await migrator(database.url, first).migrate(dryRun: true) == [first])
    try await database.withPool { pool in
      let schemas = Select("SELECT count(*) FROM pg_namespace WHERE nspname = 'cases'", as: Int.self)
      try await expect([0], from: schemas, on: pool)
    }
  }

  @Test func aServicesRoleMigratesItsOwnSchema() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let role = try await database.makeRole(schema: "cases")
    #expect(try await migrator(database.url(role: role), first, second).migrate() == [first, second])
    try await database.withPool(role: role) { pool in
      try await expect(["one"], from: Select("SELECT body FROM notes", as: String.self), on: pool)
    }
  }

  @Test func aFailedMigrationIsUndone() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let broken = Migration(2, "break", "CREATE TABLE half (a int); CREATE TABLE notes (again text)")
    let error = await #expect(throws: MigrationError.self) { try await migrator(database.url, first, broken).migrate() }
    #expect(error?.description.contains("0002_break failed and was undone") == true)
    #expect(error?.description.contains("42P07") == true)
    #expect(try await migrator(database.url, first, second).migrate() == [second])
    try await database.withPool { pool in
      try await expect([true], from: Select("SELECT to_regclass('cases.half') IS NULL", as: Bool.self), on: pool)
    }
  }

  @Test func aChangedMigrationStopsBeforeAnythingRuns() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await migrator(database.url, first).migrate()
    let edited = Migration(1, "create_notes", "CREATE TABLE notes (body text)")
    let error = await #expect(throws: MigrationError.self) {
      try await migrator(database.url, edited, second).migrate()
    }
    #expect(error?.description.contains("0001_create_notes was changed") == true)
    #expect(try await migrator(database.url, first, second).migrate(dryRun: true) == [second])
  }

  @Test func severalInstancesMayMigrateAtOnce() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let applied = try await withThrowingTaskGroup(of: [Migration].self) { group in
      for _ in 0..<4 { group.addTask { try await migrator(database.url, first, second).migrate() } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(applied == [first, second])
  }
}
