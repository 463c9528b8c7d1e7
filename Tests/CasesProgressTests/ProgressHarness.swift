import AIP
import Authorization
import Content
import Foundation
import GRPCCore
import GRPCInProcessTransport
import GRPCProtobuf
import Logging
import Policy
import PolicyPostgres
import Postgres
import Records
import Sealing
import ServiceRuntime
import SwiftProtobuf
import Synchronization
import TestSupport
import Testing
import VigilCasesAPI

@testable import CasesServer

/// The cases service over a real PostgreSQL with a database of its own, called through gRPC in this process, by people
/// whom the standard policy judges.
struct ProgressHarness: Sendable {
  let lifecycle: PBLifecycleService.Client<InProcessTransport.Client>
  let progress: PBProgressService.Client<InProcessTransport.Client>
  let client: GRPCClient<InProcessTransport.Client>
  let cases: PBCaseService.Client<InProcessTransport.Client>
  let victims: PBVictimService.Client<InProcessTransport.Client>
  let incidents: PBIncidentService.Client<InProcessTransport.Client>
  let evidence: PBEvidenceService.Client<InProcessTransport.Client>
  let archive: EvidenceArchive
  let folder: TemporaryFolder
  let pool: PostgresPool
  let database: TestDatabase
  let authorizer: Authorizer
  let policy: Policy
  let time: Clock

  /// Stands until it is told.
  final class Clock: Sendable {
    private let seconds = Mutex<Int64>(1_700_000_000)
    var wall: WallClock { WallClock { PostgresTimestamp(secondsSince1970: self.seconds.withLock { $0 }) } }
    var now: Google_Protobuf_Timestamp { .with { $0.seconds = seconds.withLock { $0 } } }
    func advance(_ by: Int64) { seconds.withLock { $0 += by } }
  }

  static let sealingKey = Vault.newKey()

  /// - Parameter storing: what stands before the folder that content is stored in.
  static func run<Result: Sendable>(
    isExercise: Bool = false, storing: (ContentDirectory) -> any ContentStore = { $0 },
    _ body: @Sendable @escaping (ProgressHarness) async throws -> Result
  ) async throws -> Result {
    let database = try await TestPostgres.shared().makeDatabase()
    let role = try await database.makeRole(schema: "cases")
    let logger = Logger(label: "test.progress") { _ in SwiftLogNoOpLogHandler() }
    try await PostgresMigrator(
      url: database.url(role: role), schema: "cases", migrations: CasesServer.migrations, logger: logger
    ).migrate()
    let time = Clock()
    let policy = try Policy.standard()
    let authorizer = Authorizer(staleness: 30, clock: time.wall)
    let folder = try TemporaryFolder("evidence")
    let archive = EvidenceArchive(
      store: storing(try await ContentDirectory(path: folder.file("content"))), vault: Vault(sealingKey),
      limit: 16 << 20)
    return try await database.withPool(role: role) { pool in
      let transport = InProcessTransport()
      var feed = FeedSettings()
      (feed.heartbeat, feed.interval) = (.milliseconds(100), .milliseconds(50))
      let parts = CasesServer.makeParts(
        pool: pool, authorizer: authorizer, clock: time.wall, isExercise: isExercise, archive: archive, feed: feed,
        logger: logger)
      return try await withBackground(parts.background) {
        try await withGRPCServer(
          transport: transport.server, services: parts.rpcServices, interceptors: [ActingCaller()] + parts.interceptors
        ) { _ in
          try await withGRPCClient(transport: transport.client) { client in
            let harness = ProgressHarness(
              lifecycle: PBLifecycleService.Client(wrapping: client),
              progress: PBProgressService.Client(wrapping: client), client: client,
              cases: PBCaseService.Client(wrapping: client), victims: PBVictimService.Client(wrapping: client),
              incidents: PBIncidentService.Client(wrapping: client),
              evidence: PBEvidenceService.Client(wrapping: client),
              archive: archive, folder: folder, pool: pool, database: database,
              authorizer: authorizer, policy: policy, time: time)
            harness.advance(1)
            defer { harness.end(parts) }
            return try await body(harness)
          }
        }
      }
    }
  }

  /// Lets time pass, in touch with access control.
  ///
  /// - Parameter gone: who takes part no longer.
  func advance(_ seconds: Int64, without gone: Person? = nil) {
    time.advance(seconds)
    let now = PolicyTime(time.wall.now())
    authorizer.take(
      PolicySnapshot(
        sequence: UInt64(now.microseconds), issuedAt: now, policy: policy,
        principals: Person.allCases.filter { $0 != gone }.compactMap(\.enrolment)))
  }

  /// Ends what still runs for somebody.
  private func end(_ parts: ServiceParts) {
    parts.endsStreams()
    authorizer.take(
      PolicySnapshot(sequence: .max, issuedAt: PolicyTime(time.wall.now()), policy: policy, principals: []))
  }

  /// How many rows a table has.
  func count(_ table: String) async throws -> Int64 {
    let (_, counts) = try await pool.execute(SetScope(scope: .everything), CountRows(table: table))
    return counts[0]
  }

  /// Runs SQL as the superuser, whom no policy of the tables binds.
  func run(_ sql: String) async throws { try await database.run("SET search_path TO cases; " + sql) }
}

struct CountRows: PostgresStatement {
  var table: String
  var sql: String { "SELECT count(*) FROM \(table)" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}

func freshRequestID() -> String { UUID().uuidString.lowercased() }

/// An error as a client sees it.
struct Failure: Hashable, CustomStringConvertible {
  var code: RPCError.Code
  var reason: String
  var message: String
  var metadata: [String: String]
  /// Type and remedy of each failed condition.
  var conditions: [String: String] = [:]

  var description: String { "\(code) \(reason) \(metadata) \(message) \(conditions)" }
}

/// The error that `body` throws; nil when it throws none.
func failure(_ body: () async throws -> some Any) async throws -> Failure? {
  do {
    _ = try await body()
    return nil
  } catch let error as RPCError {
    let details = try error.unpackGoogleRPCStatus()?.details ?? []
    let info = details.lazy.compactMap(\.errorInfo).first
    #expect(info?.domain == "vigil.un.org")
    let violations = details.lazy.compactMap(\.preconditionFailure).first?.violations ?? []
    return Failure(
      code: error.code, reason: info?.reason ?? "", message: error.message, metadata: info?.metadata ?? [:],
      conditions: Dictionary(violations.map { ($0.type, $0.violationDescription) }) { first, _ in first })
  }
}
