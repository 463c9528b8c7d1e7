import AIP
import Crypto
import FoundationEssentials
import Identity
import Policy
import PolicyPostgres
import Postgres
import Records
import SwiftProtobuf
import Synchronization
import TestSupport
import Testing
import VigilAccessAPI

@testable import Authorization

/// Who is in the snapshots of these tests, and what is said about them.
enum Register {
  static let start = PolicyTime(microseconds: 1_700_000_000_000_000)
  static let kenya = uri("ken")
  static let officer = uri("officer")
  static let thisCase = id(1)

  static func id(_ number: UInt64) -> RecordID { RecordID(high: 0, low: number) }

  static func uri(_ name: String) -> String { "spiffe://vigil.local/client/\(name)" }

  static func enrolment(
    _ uri: String, _ number: UInt64, _ party: String, _ readers: ReaderClass..., period: Period<PolicyTime> = .always
  ) throws -> Enrolment {
    let subject = Subject(
      principal: id(number), party: try #require(PartyID(party)), roles: readers.map { RoleAssignment($0) },
      clearance: .strictlyConfidential)
    return Enrolment(.certificate(uri), period: period, subject: subject)
  }

  static func snapshot(
    _ sequence: UInt64 = 1, at seconds: Int64 = 0, _ change: (inout PolicySnapshot) -> Void = { _ in }
  ) throws -> PolicySnapshot {
    var snapshot = PolicySnapshot(
      sequence: sequence, issuedAt: start.advanced(bySeconds: seconds), policy: try .standard(),
      principals: [
        try enrolment(kenya, 10, "KEN", .hostState), try enrolment(officer, 20, "OROLSI", .headquarters),
        try enrolment(uri("stopped"), 30, "KEN", .hostState, period: Period(from: .distantPast, until: start)),
        try enrolment(
          uri("later"), 40, "KEN", .hostState,
          period: Period(from: start.advanced(bySeconds: 10), until: .distantFuture)),
      ])
    change(&snapshot)
    return snapshot
  }

  /// A case in the host State KEN.
  static func facts() throws -> CaseFacts {
    CaseFacts(
      id: thisCase, hats: [Hat(.host, try #require(PartyID("KEN")))],
      incident: Period(from: Day(number: 900), until: Day(number: 901)))
  }

  static func grant() throws -> Grant {
    Grant(
      id: id(300), caseID: thisCase, classes: [.exact], purpose: .prosecution,
      grantee: try #require(PartyID("KEN")), period: .always, requester: id(200), approver: id(201))
  }
}

/// The clock of a service under test: stands until it is told.
final class TestClock: Sendable {
  private let offset = Mutex<Int64>(0)

  var clock: WallClock {
    WallClock { PostgresTimestamp(Register.start.advanced(bySeconds: self.offset.withLock { $0 })) }
  }

  func advance(_ seconds: Int64) { offset.withLock { $0 += seconds } }
}

/// Does something as the peer with the certificate; as nobody for nil.
func asCaller<Result>(_ uri: String?, _ body: () async throws -> Result) async rethrows -> Result {
  let identity = uri.flatMap { PeerIdentity(uri: $0) }
  return try await Caller.$current.withValue(
    Caller(peer: identity.map { .identified($0) } ?? .anonymous), operation: body)
}

/// The error that `body` throws; nil when it throws none.
func refusal(_ body: () async throws -> some Any) async throws -> ServiceError? {
  do {
    _ = try await body()
    return nil
  } catch let error as ServiceError {
    return error
  }
}

/// Signs as access control does.
struct Signer {
  private let key = Curve25519.Signing.PrivateKey()

  var pinned: PolicyKey { PolicyKey(key.publicKey) }

  func message(_ snapshot: PolicySnapshot) throws -> PBWatchPolicyResponse {
    try message(Array(snapshot.canonicalText.utf8))
  }

  func message(_ text: [UInt8]) throws -> PBWatchPolicyResponse {
    let signature = try key.signature(for: text)
    return .with {
      $0.snapshot = Data(text)
      $0.signature = signature
      $0.keyID = pinned.id
    }
  }

  /// A file that pins the key.
  func keys(in folder: TemporaryFolder) throws -> PinnedKeys {
    try PinnedKeys(path: try folder.write("\(pinned.text)  # \(pinned.id)\n", to: "policy.keys"))
  }
}
