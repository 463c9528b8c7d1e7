import Authorization
import Crypto
import Foundation
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("The policy, changed by two and streamed to services")
struct PolicyDistributionTests {
  private static let service = "spiffe://vigil.local/service/cases"

  /// A legal officer beside the case officer.
  private static func legal(_ harness: AccessHarness) async throws -> String {
    let organisation = try await harness.organisation("OLA", .secretariat)
    let principal = try await harness.principal("ola", of: organisation)
    try await harness.role(.leg, to: principal.name)
    return principal.name
  }

  private static func nextText(_ version: UInt32 = 2) throws -> String {
    var policy = try Policy.standard()
    policy.version = version
    policy.grants.days = 30
    return policy.canonicalText
  }

  private static func approve(_ harness: AccessHarness, _ text: String, as uri: String) async throws {
    _ = try await harness.policy.approvePolicy(
      .with {
        $0.digest = Data(SHA256.hash(data: Data(text.utf8)))
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }, metadata: caller(uri))
  }

  private static func update(
    _ harness: AccessHarness, _ text: String, approver: String, as uri: String = AccessHarness.officerURI,
    _ change: (inout PBUpdatePolicyRequest) -> Void = { _ in }
  ) async throws -> PBPolicy {
    var request = PBUpdatePolicyRequest.with {
      $0.policy.text = text
      $0.approver = approver
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await harness.policy.updatePolicy(request, metadata: caller(uri))
  }

  @Test func itTakesTwoToChangeThePolicy() async throws {
    try await AccessHarness.run { harness in
      let legal = try await Self.legal(harness)
      let officer = try #require(
        try await harness.principals(as: AccessHarness.officerURI, filter: "reader = HQ").first)
      let text = try Self.nextText()
      let alone = try await failure { try await Self.update(harness, text, approver: legal) }
      #expect(alone?.code == .failedPrecondition && alone?.reason == "SECOND_PERSON_REQUIRED")
      try await Self.approve(harness, text, as: AccessHarness.officerURI)
      let oneself = try await failure { try await Self.update(harness, text, approver: officer) }
      #expect(oneself?.reason == "SECOND_PERSON_REQUIRED")
      let notYet = try await failure { try await Self.update(harness, text, approver: legal) }
      #expect(notYet?.reason == "SECOND_PERSON_REQUIRED")
      for uri in [AccessHarness.operatorURI, Self.service] {
        let refused = try await failure { try await Self.approve(harness, text, as: uri) }
        #expect(refused?.code == .permissionDenied)
        let changed = try await failure { try await Self.update(harness, text, approver: legal, as: uri) }
        #expect(changed?.code == .permissionDenied)
      }
      try await Self.approve(harness, text, as: AccessHarness.uri("ola"))
      // What was agreed to is this text and no other.
      let another = text.replacingOccurrences(of: "days 30", with: "days 31")
      let changed = try await failure { try await Self.update(harness, another, approver: legal) }
      #expect(changed?.reason == "SECOND_PERSON_REQUIRED")
      let policy = try await Self.update(harness, text, approver: legal)
      #expect(policy.version == 2 && policy.text == text && policy.hasUpdateTime)
      let read = try await harness.policy.getPolicy(
        .with { $0.name = "policy" }, metadata: caller(AccessHarness.operatorURI))
      #expect(read == policy)
      let again = try await failure { try await Self.update(harness, text, approver: legal) }
      #expect(again?.code == .invalidArgument && again?.metadata == ["expected": "3"])
      let stale = try await failure {
        try await Self.update(harness, try Self.nextText(3), approver: legal) { $0.etag = "\"1\"" }
      }
      #expect(stale?.code == .aborted)
    }
  }

  @Test func aBadTextIsNoPolicy() async throws {
    try await AccessHarness.run { harness in
      let legal = try await Self.legal(harness)
      let broken = try Self.nextText().replacingOccurrences(of: "row CORE", with: "row CROE")
      let refused = try await failure { try await Self.update(harness, broken, approver: legal) }
      #expect(refused?.code == .invalidArgument && Int(refused?.metadata["line"] ?? "") ?? 0 > 1)
      for text in ["", String(repeating: "#", count: 262_145)] {
        let refused = try await failure { try await Self.update(harness, text, approver: legal) }
        #expect(refused?.reason == "INVALID_FIELD")
      }
    }
  }

  @Test func servicesGetEveryChange() async throws {
    try await AccessHarness.run { harness in
      let legal = try await Self.legal(harness)
      let text = try Self.nextText()
      try await Self.approve(harness, text, as: AccessHarness.uri("ola"))
      let signer = try await PolicySigner.current(harness.pool, AccessHarness.vault)
      let key = signer.publicKey.key
      let ended = try await failure {
        try await harness.policy.watchPolicy(.init(), metadata: caller(Self.service)) { response in
          var messages = response.messages.makeAsyncIterator()
          let first = try #require(try await messages.next())
          #expect(first.keyID == signer.publicKey.id && key.isValidSignature(first.signature, for: first.snapshot))
          let before = try PolicySnapshot(text: String(decoding: first.snapshot, as: UTF8.self))
          #expect(before.policy == (try .standard()) && before.sequence == first.sequence)
          _ = try await Self.update(harness, text, approver: legal)
          var next = first
          while next.sequence == first.sequence { next = try #require(try await messages.next()) }
          #expect(key.isValidSignature(next.signature, for: next.snapshot))
          let after = try PolicySnapshot(text: String(decoding: next.snapshot, as: UTF8.self))
          #expect(after.policy.version == 2 && after.policy.grants.days == 30)
          // A server that stops does not wait for watches, and says why they end.
          harness.broadcast.end()
          while try await messages.next() != nil {}
        }
      }
      #expect(ended?.code == .unavailable && ended?.reason == "SHUTTING_DOWN")
    }
  }

  @Test func thePolicyIsStreamedToServicesOnly() async throws {
    try await AccessHarness.run { harness in
      for uri in [AccessHarness.officerURI, AccessHarness.operatorURI, AccessHarness.uri("unknown")] {
        let refused = try await failure {
          try await harness.policy.watchPolicy(.init(), metadata: caller(uri)) { response in
            for try await _ in response.messages {}
          }
        }
        #expect(refused?.code == .permissionDenied, "\(uri)")
      }
    }
  }

  /// The policy in force is kept as it was agreed to.
  @Test func policiesAreNotRewritten() async throws {
    try await AccessHarness.run { harness in
      for sql in ["DELETE FROM policies", "UPDATE policies SET text = ''", "DELETE FROM policy_approvals"] {
        await #expect(throws: PostgresError.self) { try await harness.pool.execute(Statement(sql: sql)) }
      }
    }
  }
}
