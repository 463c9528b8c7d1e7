import AIP
import Authorization
import Foundation
import GRPCCore
import GRPCInProcessTransport
import GRPCProtobuf
import Logging
import Policy
import Postgres
import ServiceRuntime
import SwiftProtobuf
import Testing
import TestSupport
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

/// The cases service over a real PostgreSQL with a database of its own, called through gRPC in this process: by a case
/// officer at headquarters, unless a call says otherwise.
struct CasesHarness: Sendable {
  let cases: PBCaseService.Client<InProcessTransport.Client>
  let imports: PBImportService.Client<InProcessTransport.Client>
  let facts: PBCaseFactsService.Client<InProcessTransport.Client>
  let exercises: PBExerciseService.Client<InProcessTransport.Client>
  let searches: PBSearchService.Client<InProcessTransport.Client>
  let exports: PBExportService.Client<InProcessTransport.Client>
  let database: TestDatabase
  let pool: PostgresPool
  let authorizer: Authorizer

  /// Runs `body` with a migrated, empty register.
  static func run<Result: Sendable>(
    isExercise: Bool = false,
    _ body: @Sendable @escaping (CasesHarness) async throws -> Result
  ) async throws -> Result {
    let database = try await TestPostgres.shared().makeDatabase()
    let role = try await database.makeRole(schema: "cases")
    let logger = Logger(label: "test.cases") { _ in SwiftLogNoOpLogHandler() }
    let migrator = PostgresMigrator(
      url: database.url(role: role), schema: "cases", migrations: CasesServer.migrations, logger: logger
    )
    try await migrator.migrate()
    let authorizer = Authorizer(try Enrolled.snapshot(), clock: Enrolled.clock)
    return try await database.withPool(role: role) { pool in
      let transport = InProcessTransport()
      let parts = CasesServer.makeParts(pool: pool, authorizer: authorizer, isExercise: isExercise)
      return try await withBackground(parts.background) {
        try await withGRPCServer(
          transport: transport.server, services: parts.rpcServices, interceptors: [NamedCaller()] + parts.interceptors
        ) { _ in
          try await withGRPCClient(transport: transport.client) { client in
            try await body(
              CasesHarness(
                cases: PBCaseService.Client(wrapping: client),
                imports: PBImportService.Client(wrapping: client),
                facts: PBCaseFactsService.Client(wrapping: client),
                exercises: PBExerciseService.Client(wrapping: client),
                searches: PBSearchService.Client(wrapping: client),
                exports: PBExportService.Client(wrapping: client),
                database: database,
                pool: pool,
                authorizer: authorizer
              )
            )
          }
        }
      }
    }
  }

  /// Changes what services decide by.
  func change(_ change: (inout PolicySnapshot) throws -> Void) throws {
    var snapshot = try authorizer.current().snapshot
    try change(&snapshot)
    snapshot.sequence += 1
    try #require(authorizer.take(snapshot))
  }

  /// Runs SQL text as nobody that row security holds for.
  func run(_ sql: String) async throws { try await database.run("SET search_path TO cases; " + sql) }

  /// Imports a file in pieces of 64 KiB.
  func importFile(
    _ bytes: [UInt8],
    _ configure: (inout PBImportUNFatalitiesConfig) -> Void = { _ in }
  ) async throws -> PBImportUNFatalitiesResponse {
    var config = PBImportUNFatalitiesConfig()
    configure(&config)
    let messages = Self.messages(config, bytes)
    return try await imports.importUNFatalities { writer in
      for message in messages { try await writer.write(message) }
    }
  }

  static func messages(_ config: PBImportUNFatalitiesConfig, _ bytes: [UInt8]) -> [PBImportUNFatalitiesRequest] {
    let first = PBImportUNFatalitiesRequest.with { $0.config = config }
    return [first]
      + stride(from: 0, to: bytes.count, by: 65_536).map { start in
        .with { $0.chunk = Data(bytes[start..<min(start + 65_536, bytes.count)]) }
      }
  }

  /// Every case that passes the filter, page by page.
  func allCases(
    _ filter: String = "",
    orderBy: String = "",
    pageSize: Int32 = 500,
    view: PBCaseView = .unspecified,
    as client: String = Enrolled.officer
  ) async throws -> [PBCase] {
    var request = PBListCasesRequest()
    request.filter = filter
    request.orderBy = orderBy
    request.pageSize = pageSize
    request.view = view
    var all: [PBCase] = []
    repeat {
      let page = try await cases.listCases(request, metadata: caller(client))
      all += page.cases
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return all
  }

  func getCase(_ name: String, as client: String = Enrolled.officer) async throws -> PBCase {
    try await cases.getCase(.with { $0.name = name }, metadata: caller(client))
  }

  /// How many rows a table has.
  func count(_ table: String, for scope: ReadScope = .everything) async throws -> Int64 {
    try await pool.execute(SetScope(scope: scope), CountRows(table: table)).1[0]
  }
}

struct CountRows: PostgresStatement {
  static let isReadOnly = true
  var table: String
  var sql: String { "SELECT count(*) FROM \(table)" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}

/// The real publications and files made for a test.
enum Files {
  static func publication2023() throws -> [UInt8] { try bytes("un-peacekeeping-fatalities-2023-11-28.csv") }
  static func publication2025() throws -> [UInt8] { try bytes("un-peacekeeping-fatalities-2025-04-04.csv") }

  /// Of the later publication what three missions suffered since 2015.
  static func recent() throws -> [UInt8] {
    let lines = String(decoding: try publication2025(), as: UTF8.self).split(whereSeparator: \.isNewline)
    let missions = ["MINUSMA", "MINUSCA", "UNIFIL"]
    let kept = lines.dropFirst().filter { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      return fields.count > 3 && missions.contains(String(fields[3])) && fields[1] >= "2015"
    }
    return Array((lines.prefix(1) + kept).joined(separator: "\n").utf8)
  }

  private static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Services/Cases/Data")
    return [UInt8](try Data(contentsOf: folder.standardized.appending(path: name)))
  }

  static let header =
    "id,incident_date,casualty_id,mission_acronym,type_of_casualty,gender,casualty_nationality,"
    + "casualty_personnel_type,type_of_incident,m49_code,isocode3,last_update"

  /// Rows of exercise, in a real mission of long ago but with States that do not exist.
  static func exercise(_ rows: Int, published: String = "2020-01-01") -> String {
    let lines = (0..<rows).map { row in
      let number = String(10_000 + row)
      return "\(row),1949-01-\(10 + row % 20),UNTSO-1949-01-\(number),UNTSO,Fatality,M,Xandria,Military,"
        + "Malicious Act,,XAA,\(published)"
    }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }
}

/// The reason of the error that `body` throws, with its code; nil when it throws none.
func failure(
  _ body: () async throws -> some Any
) async throws -> (code: RPCError.Code, reason: String, metadata: [String: String])? {
  do {
    _ = try await body()
    return nil
  } catch let error as RPCError {
    let info = try error.unpackGoogleRPCStatus()?.details.lazy.compactMap(\.errorInfo).first
    #expect(info?.domain == "vigil.un.org")
    return (error.code, info?.reason ?? "", info?.metadata ?? [:])
  }
}
