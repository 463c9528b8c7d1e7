import AIP
import Foundation
import GRPCCore
import GRPCInProcessTransport
import GRPCProtobuf
import Logging
import Postgres
import ServiceRuntime
import SwiftProtobuf
import Testing
import TestSupport
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

/// The cases service over a real PostgreSQL with a database of its own, called through gRPC in this process.
struct CasesHarness: Sendable {
  let cases: PBCaseService.Client<InProcessTransport.Client>
  let imports: PBImportService.Client<InProcessTransport.Client>
  let pool: PostgresPool

  /// Runs `body` with a migrated, empty register.
  static func run<Result: Sendable>(
    _ body: @Sendable @escaping (CasesHarness) async throws -> Result
  ) async throws -> Result {
    let database = try await TestPostgres.shared().makeDatabase()
    let role = try await database.makeRole(schema: "cases")
    let logger = Logger(label: "test.cases") { _ in SwiftLogNoOpLogHandler() }
    let migrator = PostgresMigrator(
      url: database.url(role: role), schema: "cases", migrations: CasesServer.migrations, logger: logger
    )
    try await migrator.migrate()
    return try await database.withPool(role: role) { pool in
      let transport = InProcessTransport()
      let services = CasesServer.makeParts(pool: pool).rpcServices
      return try await withGRPCServer(transport: transport.server, services: services) { _ in
        try await withGRPCClient(transport: transport.client) { client in
          try await body(
            CasesHarness(
              cases: PBCaseService.Client(wrapping: client),
              imports: PBImportService.Client(wrapping: client),
              pool: pool
            )
          )
        }
      }
    }
  }

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
    view: PBCaseView = .unspecified
  ) async throws -> [PBCase] {
    var request = PBListCasesRequest()
    request.filter = filter
    request.orderBy = orderBy
    request.pageSize = pageSize
    request.view = view
    var all: [PBCase] = []
    repeat {
      let page = try await cases.listCases(request)
      all += page.cases
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return all
  }

  /// How many rows a table has.
  func count(_ table: String) async throws -> Int64 {
    try await pool.execute(CountRows(table: table))[0]
  }
}

private struct CountRows: PostgresStatement {
  var table: String
  var sql: String { "SELECT count(*) FROM \(table)" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}

/// The real publications and files made for a test.
enum Files {
  static func publication2023() throws -> [UInt8] { try bytes("un-peacekeeping-fatalities-2023-11-28.csv") }
  static func publication2025() throws -> [UInt8] { try bytes("un-peacekeeping-fatalities-2025-04-04.csv") }

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
