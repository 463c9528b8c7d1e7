import AIP
import Authorization
import Foundation
import GRPCCore
import GRPCInProcessTransport
import GRPCProtobuf
import Identity
import Logging
import Policy
import Postgres
import RPC
import Records
import Sealing
import ServiceRuntime
import SwiftProtobuf
import Synchronization
import TestSupport
import Testing
import Tokens
import VigilAccessAPI
import VigilCasesAPI

@testable import AccessControlServer
@testable import CasesServer

/// The access control service over a real PostgreSQL with a database of its own, called through gRPC in this process,
/// with the first operator and the first case officer on record.
struct AccessHarness: Sendable {
  let client: GRPCClient<InProcessTransport.Client>
  let directory: PBDirectoryService.Client<InProcessTransport.Client>
  let policy: PBPolicyService.Client<InProcessTransport.Client>
  let grants: PBGrantService.Client<InProcessTransport.Client>
  let audit: PBAuditService.Client<InProcessTransport.Client>
  let collector: PBAuditCollectorService.Client<InProcessTransport.Client>
  let emergencies: PBEmergencyService.Client<InProcessTransport.Client>
  let certificates: PBCertificateService.Client<InProcessTransport.Client>
  let register: PBImportService.Client<InProcessTransport.Client>
  let cases: PBCaseService.Client<InProcessTransport.Client>
  let database: TestDatabase
  let pool: PostgresPool
  let broadcast: PolicyBroadcast
  let tokens: TokenVerifier
  let time: TestClock
  /// What the register decides by, and what it has on record.
  let authorizer: Authorizer
  let casesPool: PostgresPool

  /// Under which secrets lie in the schema.
  static let vault = Vault(key, older: [nextKey])
  private static let key = Vault.newKey()
  private static let nextKey = Vault.newKey()

  /// The same once the key that stands second has taken the place of the first.
  static let nextVault = Vault(nextKey, older: [key])

  /// The same while another key takes the place of its key.
  static func vault(before next: [UInt8]) -> Vault { Vault(next, older: [key]) }

  static let operatorURI = "spiffe://vigil.local/client/operator"
  static let officerURI = "spiffe://vigil.local/client/case-officer"

  /// Runs `body` with a directory and a register of its own.
  ///
  /// - Parameters:
  ///   - isBegun: whether the bootstrap has been run.
  ///   - hasRegister: whether the cases service has its schema and can answer.
  ///   - authority: what certificates are issued with, if any are.
  ///   - issuer: where people sign in besides, if anywhere.
  static func run<Result: Sendable>(
    isBegun: Bool = true, hasRegister: Bool = false, authority: CertificateAuthority? = nil,
    issuer: ExternalIssuer? = nil, _ body: @Sendable @escaping (AccessHarness) async throws -> Result
  ) async throws -> Result {
    let database = try await TestPostgres.shared().makeDatabase()
    let access = try await makeSchema("access", AccessControlServer.migrations, database)
    let register = try await makeSchema("cases", hasRegister ? CasesServer.migrations : [], database)
    return try await database.withPool(role: register, configure: fewConnections) { casesPool in
      let time = TestClock()
      let authorizer = try officersRegister(time.clock)
      let casesParts = CasesServer.makeParts(pool: casesPool, authorizer: authorizer, clock: time.clock)
      return try await withServer(casesParts) { casesClient in
        try await database.withPool(role: access, configure: fewConnections) { pool in
          let facts = PBCaseFactsService.Client(wrapping: casesClient)
          let parts = AccessControlServer.makeParts(
            pool: pool, vault: vault, cases: RegisterFacts(cases: facts), sources: sources, authority: authority,
            clock: time.clock,
            hasher: PasswordHasher(cost: PasswordDigest.Cost(roundsLog2: 4), threads: 1, limit: 64), issuer: issuer,
            logger: logger)
          return try await withBackground(parts.background + casesParts.background) {
            try await withServer(parts) { client in
              defer { parts.endsStreams() }
              let broadcast = parts.background.lazy.compactMap { $0 as? PolicyBroadcast }.first
              let harness = AccessHarness(
                client: client, directory: PBDirectoryService.Client(wrapping: client),
                policy: PBPolicyService.Client(wrapping: client),
                grants: PBGrantService.Client(wrapping: client), audit: PBAuditService.Client(wrapping: client),
                collector: PBAuditCollectorService.Client(wrapping: client),
                emergencies: PBEmergencyService.Client(wrapping: client),
                certificates: PBCertificateService.Client(wrapping: client),
                register: PBImportService.Client(wrapping: casesClient),
                cases: PBCaseService.Client(wrapping: casesClient), database: database, pool: pool,
                broadcast: try #require(broadcast), tokens: try #require(parts.tokens), time: time,
                authorizer: authorizer, casesPool: casesPool)
              // Nothing is decided before there is a policy, and nobody signs in before there is a key.
              try await harness.untilPolicy { !$0.tokenKeys.isEmpty }
              if isBegun { try #require(try await harness.bootstrap() != nil) }
              // What is made later has later ids.
              time.advance(1)
              return try await body(harness)
            }
          }
        }
      }
    }
  }

  /// All tests share one server. A relay needs two at a time, and changes at once wait for each other anyway.
  static func fewConnections(_ configuration: inout PostgresPoolConfiguration) { configuration.maximumConnections = 4 }

  /// The processes whose records the log takes.
  private static let sources = Set(
    ["cases", "reporting"].map { PeerIdentity(trustDomain: "vigil.local", kind: .service, name: $0) })

  /// What the register decides by before it is told the policy: it lets the first case officer do everything.
  private static func officersRegister(_ clock: WallClock) throws -> Authorizer {
    let subject = Subject(
      principal: RecordID(high: 0, low: 1), party: try #require(PartyID("OROLSI")),
      roles: [RoleAssignment(.headquarters)], clearance: .strictlyConfidential)
    let snapshot = PolicySnapshot(
      sequence: 0, issuedAt: PolicyTime(microseconds: 1_700_000_000_000_000), policy: try .standard(),
      principals: [Enrolment(.certificate(officerURI), subject: subject)])
    return Authorizer(snapshot, clock: clock)
  }

  private static let logger = Logger(label: "test.access") { _ in SwiftLogNoOpLogHandler() }

  /// A migrated schema, owned by a role of its own.
  private static func makeSchema(
    _ schema: String, _ migrations: [Migration], _ database: TestDatabase
  ) async throws -> String {
    let role = try await database.makeRole(schema: schema)
    let url = database.url(role: role)
    try await PostgresMigrator(url: url, schema: schema, migrations: migrations, logger: logger).migrate()
    return role
  }

  private static func withServer<Result: Sendable>(
    _ parts: ServiceParts, _ body: (GRPCClient<InProcessTransport.Client>) async throws -> Result
  ) async throws -> Result {
    let transport = InProcessTransport()
    return try await withGRPCServer(
      transport: transport.server, services: parts.rpcServices,
      interceptors: [NamedCaller(tokens: parts.tokens)] + parts.interceptors
    ) { _ in
      try await withGRPCClient(transport: transport.client, interceptors: [AssumedCaller()]) { client in
        try await body(client)
      }
    }
  }

  /// Waits until the policy that services get is as expected. (Before it has read any, the service decides nothing.)
  func untilPolicy(_ isExpected: (PolicySnapshot) -> Bool) async throws {
    for await signed in broadcast.watch() where isExpected(signed.snapshot) { return }
    throw CancellationError()
  }

  /// The name of a case that is on record: of the mission UNTSO, in 1949.
  func caseName() async throws -> String {
    let row = "0,1949-01-10,UNTSO-1949-01-10000,UNTSO,Fatality,M,Xandria,Military,Malicious Act,,XAA,2020-01-01"
    let header = """
      id,incident_date,casualty_id,mission_acronym,type_of_casualty,gender,casualty_nationality,\
      casualty_personnel_type,type_of_incident,m49_code,isocode3,last_update
      """
    let officer = caller(Self.officerURI)
    _ = try await register.importUNFatalities(metadata: officer) { writer in
      try await writer.write(.with { $0.config = .init() })
      try await writer.write(.with { $0.chunk = Data("\(header)\n\(row)\n".utf8) })
    }
    return try #require(try await cases.listCases(.init(), metadata: officer).cases.first).name
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

/// Who calls where a call does not say it: what is under test makes its calls itself.
struct AssumedCaller: ClientInterceptor {
  @TaskLocal static var uri: String?

  @concurrent
  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingClientRequest<Input>,
    context: ClientContext,
    next:
      @concurrent (
        _ request: StreamingClientRequest<Input>,
        _ context: ClientContext
      ) async throws -> StreamingClientResponse<Output>
  ) async throws -> StreamingClientResponse<Output> {
    var request = request
    if let uri = Self.uri { request.metadata.addString(uri, forKey: "test-caller") }
    return try await next(request, context)
  }
}

/// Stands for the connection's certificate, which there is none of in one process: the caller is who the client says.
/// (That the real one cannot be made up is tested with Shared/RPC and the gateway.)
private struct NamedCaller: ServerInterceptor {
  let tokens: TokenVerifier?

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
    let token = try shownToken(request.metadata[stringValues: "authorization"])
    let certificate = request.metadata[stringValues: "test-certificate"].first { _ in true }
    let shown = token.map { Caller(token: $0) } ?? Caller(peer: identity.map { .identified($0) } ?? .anonymous)
    let caller = shown.showing(certificate.flatMap { SerialNumber($0) })
    let response = try await Caller.$current.withValue(caller) { try await next(request, context) }
    return response.mapProducer { producer in
      { writer in try await Caller.$current.withValue(caller) { try await producer(writer) } }
    }
  }
}

extension NamedCaller {
  private func shownToken(_ shown: some Sequence<String>) throws -> TokenIdentity? {
    do {
      return try tokens?.identity(authorization: shown)
    } catch {
      throw ServiceError(error)
    }
  }
}

struct Statement: PostgresStatement {
  typealias Row = Never
  let sql: String
}

struct CountRows: PostgresStatement {
  var table: String
  var sql: String { "SELECT count(*) FROM \(table)" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}

/// Calls as somebody, by the certificate of the name if one is named.
func caller(_ uri: String?, certificate: String? = nil) -> Metadata {
  var metadata: Metadata = uri.map { ["test-caller": .string($0)] } ?? [:]
  if let serial = certificate?.split(separator: "/").last {
    metadata.addString(String(serial), forKey: "test-certificate")
  }
  return metadata
}

func freshRequestID() -> String { UUID().uuidString.lowercased() }

/// An error as a client sees it.
struct Failure: Hashable, CustomStringConvertible {
  var code: RPCError.Code
  var reason: String
  var message: String
  var metadata: [String: String]

  var description: String { "\(code) \(reason) \(metadata) \(message)" }

  init(_ error: RPCError) throws {
    let info = try error.unpackGoogleRPCStatus()?.details.lazy.compactMap(\.errorInfo).first
    #expect(info?.domain == "vigil.un.org")
    (code, message) = (error.code, error.message)
    (reason, metadata) = (info?.reason ?? "", info?.metadata ?? [:])
  }
}

/// The error that `body` throws; nil when it throws none.
func failure(_ body: () async throws -> some Any) async throws -> Failure? {
  do {
    _ = try await body()
    return nil
  } catch let error as RPCError {
    return try Failure(error)
  }
}
