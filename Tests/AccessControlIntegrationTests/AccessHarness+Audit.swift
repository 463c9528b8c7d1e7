import AIP
import Audit
import AuditOutbox
import Authorization
import Crypto
import Foundation
import GRPCCore
import Logging
import Policy
import Postgres
import Sealing
import SwiftProtobuf
import TestSupport
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

// The log, and what a service records for it.
extension AccessHarness {
  static let casesURI = "spiffe://vigil.local/service/cases"
  static let getCase = "vigil.cases.v1.CaseService/GetCase"

  /// An auditor.
  func auditor() async throws -> String {
    let principal = try await principal("oios", of: try await organisation("OIOS", .auditor))
    try await role(.aud, to: principal.name)
    return Self.uri("oios")
  }

  /// Waits until the log has all that access control has recorded.
  func untilLogged() async throws {
    while try await count("audit_records") > 0 { try await Task.sleep(for: .milliseconds(20)) }
  }

  /// Has the register decide by the policy of the moment.
  func tellRegister() throws { try #require(authorizer.take(try broadcast.current().snapshot)) }

  /// Brings all that the register has recorded to the log.
  func untilRegisterLogged() async throws {
    let relay = relay(casesPool)
    try await AssumedCaller.$uri.withValue(Self.casesURI) {
      while try await casesPool.execute(CountRows(table: "audit_records"))[0] > 0 { _ = try await relay.relay() }
    }
  }

  /// The log's keys, as a reader has pinned them.
  func auditKeys() async throws -> AuditKeys { AuditKeys(try await auditSigningKeys().map(\.key.publicKey)) }

  func auditSigningKeys() async throws -> [AuditSigningKey] {
    try Self.vault.open(try await pool.execute(SelectAuditKeys()))
  }

  func head(as uri: String, size: Int64 = 0) async throws -> PBTreeHead {
    try await audit.getTreeHead(.with { $0.treeSize = size }, metadata: caller(uri))
  }

  func export(as uri: String, filter: String = "", known: Int64 = 0) async throws -> [PBAuditBundlePart] {
    let request = PBExportAuditBundleRequest.with {
      $0.filter = filter
      $0.knownTreeSize = known
    }
    return try await audit.exportAuditBundle(request, metadata: caller(uri)) { response in
      try await response.messages.reduce(into: []) { $0.append($1) }
    }
  }

  func entries(
    as uri: String, filter: String = "", pageSize: Int32 = 0
  ) async throws -> [PBAuditEntry] {
    var request = PBListAuditEntriesRequest.with {
      $0.filter = filter
      $0.pageSize = pageSize
    }
    var entries: [PBAuditEntry] = []
    repeat {
      let page = try await audit.listAuditEntries(request, metadata: caller(uri))
      entries += page.entries
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return entries
  }

  /// Gives records to the log as a service.
  func collect(_ records: [[UInt8]], from first: Int64, as uri: String? = casesURI) async throws -> Int64 {
    let request = PBCollectAuditRecordsRequest.with {
      $0.firstSequence = first
      $0.records = records.map { Data($0) }
    }
    return try await collector.collectAuditRecords(request, metadata: caller(uri)).nextSequence
  }

  /// Runs `body` with the outbox of a service of its own.
  func withOutbox<Result: Sendable>(_ body: (PostgresPool) async throws -> Result) async throws -> Result {
    let role = try await database.makeRole(schema: "reads")
    let logger = Logger(label: "test.outbox") { _ in SwiftLogNoOpLogHandler() }
    try await PostgresMigrator(
      url: database.url(role: role), schema: "reads", migrations: [AuditOutbox.migration(1)], logger: logger
    ).migrate()
    return try await database.withPool(role: role, configure: Self.fewConnections, body)
  }

  /// A relay from the outbox to the log, in one step at a time.
  func relay(_ pool: PostgresPool, through log: (any AuditCollector)? = nil) -> AuditRelay {
    let logger = Logger(label: "test.outbox") { _ in SwiftLogNoOpLogHandler() }
    return AuditRelay(pool: pool, log: log ?? RemoteAuditLog(collector), logger: logger)
  }
}

/// Reads by principals of Kenya, of resources that are numbered.
func reads(_ numbers: Range<Int>) -> [AuditRecord] {
  numbers.map { number in
    AuditRecord(
      time: PolicyTime(microseconds: Int64(number)), method: AccessHarness.getCase,
      principal: RecordID(high: 1, low: 2), party: PartyID("KEN"), resource: "cases/\(number)",
      purpose: .investigation, classes: [.core], policyVersion: 1)
  }
}
