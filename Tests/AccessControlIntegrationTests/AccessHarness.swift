import AIP
import Foundation
import GRPCCore
import GRPCInProcessTransport
import GRPCProtobuf
import Identity
import Logging
import Policy
import Postgres
import Records
import ServiceRuntime
import SwiftProtobuf
import Synchronization
import TestSupport
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

/// The access control service over a real PostgreSQL with a database of its own, called through gRPC in this process,
/// with the first operator and the first case officer on record.
struct AccessHarness: Sendable {
  let directory: PBDirectoryService.Client<InProcessTransport.Client>
  let database: TestDatabase
  let pool: PostgresPool
  let time: TestClock

  static let operatorURI = "spiffe://vigil.local/client/operator"
  static let officerURI = "spiffe://vigil.local/client/case-officer"

  /// Runs `body` with a directory of its own.
  ///
  /// - Parameter isBegun: whether the bootstrap has been run.
  static func run<Result: Sendable>(
    isBegun: Bool = true, _ body: @Sendable @escaping (AccessHarness) async throws -> Result
  ) async throws -> Result {
    let database = try await TestPostgres.shared().makeDatabase()
    let role = try await database.makeRole(schema: "access")
    let logger = Logger(label: "test.access") { _ in SwiftLogNoOpLogHandler() }
    let migrations = AccessControlServer.migrations
    try await PostgresMigrator(
      url: database.url(role: role), schema: "access", migrations: migrations, logger: logger
    ).migrate()
    return try await database.withPool(role: role) { pool in
      let time = TestClock()
      let transport = InProcessTransport()
      let services = try AccessControlServer.makeParts(pool: pool, clock: time.clock).rpcServices
      return try await withGRPCServer(
        transport: transport.server, services: services, interceptors: [NamedCaller()]
      ) { _ in
        try await withGRPCClient(transport: transport.client) { client in
          let harness = AccessHarness(
            directory: PBDirectoryService.Client(wrapping: client), database: database, pool: pool, time: time)
          if isBegun { try #require(try await harness.bootstrap() != nil) }
          // What is made later has later ids.
          time.advance(1)
          return try await body(harness)
        }
      }
    }
  }

  func bootstrap() async throws -> [Bootstrap.Beginner]? {
    try await Bootstrap(pool: pool, ids: RecordID.Generator(), clock: time.clock)
      .run(operator: Self.operatorURI, caseOfficer: Self.officerURI)
  }

  /// How many rows a table has.
  func count(_ table: String) async throws -> Int64 {
    try await pool.execute(CountRows(table: table))[0]
  }
}

/// The clock of a service under test: stands until it is told.
final class TestClock: Sendable {
  private let seconds = Mutex<Int64>(1_700_000_000)

  var clock: WallClock {
    WallClock { PostgresTimestamp(secondsSince1970: self.seconds.withLock { $0 }) }
  }

  var now: Google_Protobuf_Timestamp { .with { $0.seconds = seconds.withLock { $0 } } }

  func advance(_ by: Int64) { seconds.withLock { $0 += by } }
}

/// Stands for the connection's certificate, which there is none of in one process: the caller is who the client says.
/// (That the real one cannot be made up is tested with Shared/RPC and the gateway.)
private struct NamedCaller: ServerInterceptor {
  @concurrent
  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>,
    context: ServerContext,
    next:
      @concurrent @Sendable (
        _ request: StreamingServerRequest<Input>,
        _ context: ServerContext
      ) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let named = request.metadata[stringValues: "test-caller"].first { _ in true }
    let identity = named.flatMap { PeerIdentity(uri: $0) }
    let caller = Caller(peer: identity.map { .identified($0) } ?? .anonymous)
    return try await Caller.$current.withValue(caller) { try await next(request, context) }
  }
}

struct CountRows: PostgresStatement {
  var table: String
  var sql: String { "SELECT count(*) FROM \(table)" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}

/// Calls as somebody.
func caller(_ uri: String?) -> Metadata {
  uri.map { ["test-caller": .string($0)] } ?? [:]
}

func freshRequestID() -> String { UUID().uuidString.lowercased() }

/// An error as a client sees it.
struct Failure: Hashable, CustomStringConvertible {
  var code: RPCError.Code
  var reason: String
  var message: String
  var metadata: [String: String]

  var description: String { "\(code) \(reason) \(metadata) \(message)" }
}

/// The error that `body` throws; nil when it throws none.
func failure(_ body: () async throws -> some Any) async throws -> Failure? {
  do {
    _ = try await body()
    return nil
  } catch let error as RPCError {
    let info = try error.unpackGoogleRPCStatus()?.details.lazy.compactMap(\.errorInfo).first
    #expect(info?.domain == "vigil.un.org")
    return Failure(
      code: error.code, reason: info?.reason ?? "", message: error.message, metadata: info?.metadata ?? [:])
  }
}
