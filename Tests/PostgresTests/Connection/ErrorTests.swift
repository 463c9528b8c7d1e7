@testable import Postgres
import TestSupport
import Testing

@Suite struct ErrorTests {
  private static let secret = "s3cr3t-value"

  /// Everything that somebody might print.
  private func printed(_ error: PostgresError?) -> String {
    guard let error else { return "no error" }
    var dumped = ""
    dump(error, to: &dumped)
    return "\(error) \(String(reflecting: error)) \(dumped)"
  }

  @Test(arguments: [
    ("SELECT $1::int", "22P02"),
    ("INSERT INTO people (name) VALUES ($1)", "23505"),
    ("INSERT INTO people (name, age) VALUES ($1 || 'x', -1)", "23514"),
    ("INSERT INTO people (name, age) VALUES ($1 || 'x', NULL)", "23502"),
    ("INSERT INTO people (name, boss) VALUES ($1 || 'x', $1 || 'y')", "23503"),
    ("SELECT $1::jsonb", "22P02"),
    ("SELECT $1::timestamptz", "22007"),
    ("SELECT 1 FROM (SELECT raise_it($1)) x", "P0001"),
    ("SELECT $1 FROM nowhere", "42P01"),
  ])
  func errorsNameThingsButNoValues(sql: String, state: String) async throws {
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      try await pool.execute(
        Command(
          """
          CREATE TABLE people (
            name text PRIMARY KEY, age int NOT NULL DEFAULT 1 CHECK (age > 0), boss text REFERENCES people)
          """))
      try await pool.execute(
        Command(
          """
          CREATE FUNCTION raise_it(t text) RETURNS int LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'no %', t USING DETAIL = t, HINT = t; END $$
          """))
      try await pool.execute(Command("INSERT INTO people (name) VALUES ($1)", Self.secret))
      let error = await #expect(throws: PostgresError.self) { try await pool.execute(Command(sql, Self.secret)) }
      #expect(error?.sqlState == SQLState(rawValue: state))
      #expect(error?.statement == "Command")
      #expect(!printed(error).contains("s3cr3t"))
      #expect(!printed(error).contains("Failing row"))
      if state == "23505" { #expect(error?.constraint == "people_pkey" && error?.server?.table == "people") }
      if state == "23514" { #expect(error?.constraint == "people_age_check") }
      if state == "23502" { #expect(error?.server?.column == "age") }
      if state == "42P01" { #expect("\(error.map(String.init) ?? "")".contains("relation \"nowhere\" does not exist")) }
    }
  }

  @Test(arguments: [
    "postgresql://user:hunter2@[broken/db", "host=x password=hunter2 =oops", "postgresql://u:hunter2@h/db?nope=1",
  ])
  func aMalformedConnectionStringIsNotQuoted(url: String) async throws {
    let error = await #expect(throws: PostgresError.self) { try await PostgresScript.run("SELECT 1", url: url) }
    #expect(printed(error).contains("malformed"))
    #expect(!printed(error).contains("hunter2"))
  }

  @Test func aFailedConnectionSaysWhyAndKeepsThePassword() async throws {
    let error = await #expect(throws: PostgresError.self) {
      try await PostgresScript.run("SELECT 1", url: "postgresql://user:hunter2@127.0.0.1:1/db")
    }
    #expect(printed(error).contains("Connection refused"))
    #expect(!printed(error).contains("hunter2"))
  }

  @Test func aMissingDatabaseIsNamed() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let error = await #expect(throws: PostgresError.self) {
      try await PostgresScript.run("SELECT 1", url: database.url + "_missing")
    }
    #expect(printed(error).contains("database \"\(database.name)_missing\" does not exist"))
  }

  @Test func severalHostsAreTriedInTurn() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let port = try #require(database.tcpURL.split(separator: ":").last?.prefix { $0 != "/" })
    let url = "postgresql://postgres@127.0.0.1:1,127.0.0.1:\(port)/\(database.name)?target_session_attrs=read-write"
    try await PostgresScript.run("SELECT 1", url: url)
  }
}
