import AIP
import Foundation
import GRPCCore
import Identity
import Logging
import Policy
import Postgres
import ServiceRuntime
import SwiftProtobuf
import Telemetry
import TestSupport
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer
@testable import Authorization

/// The policy from access control to a service that decides by it: the real service, its database and stream, and the
/// authorizer at the other end.
@Suite("The policy in another service", .timeLimit(.minutes(2)))
struct PolicyFeedTests {
  private static let service = "spiffe://vigil.local/service/cases"
  private let folder: TemporaryFolder
  private let log = Logger(label: "test.feed") { _ in SwiftLogNoOpLogHandler() }

  init() throws { folder = try TemporaryFolder("feed") }

  /// The keys that access control signs with, pinned as `vigil-access policy-key` prints them.
  private func keys(_ harness: AccessHarness) async throws -> PinnedKeys {
    let key = try await PolicySigner.current(harness.pool, AccessHarness.vault).publicKey
    return try PinnedKeys(path: try folder.write("\(key.text)  # \(key.id)\n", to: "policy.keys"))
  }

  /// Follows the policy while `body` runs, as the service with the certificate.
  private func following(
    _ harness: AccessHarness, as uri: String? = service, cache: PolicyCache? = nil, readiness: Readiness = Readiness(),
    _ body: (Authorizer) async throws -> Void
  ) async throws {
    let authorizer = Authorizer(clock: harness.time.clock)
    let feed = PolicyFeed(
      access: harness.policy, keys: try await keys(harness), authorizer: authorizer, cache: cache,
      check: readiness.declare("policy"), metrics: PolicyMetrics(PrometheusRegistry(), of: authorizer), logger: log)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await AssumedCaller.$uri.withValue(uri) { try await feed.run() } }
      defer { group.cancelAll() }
      try await body(authorizer)
    }
  }

  private func requester(_ authorizer: Authorizer, _ uri: String) throws(ServiceError) -> Requester {
    let peer = PeerIdentity(uri: uri).map { Peer.identified($0) } ?? .anonymous
    do {
      return try Caller.$current.withValue(Caller(peer: peer)) { try authorizer.requester() }
    } catch let error as ServiceError {
      throw error
    } catch {
      throw .refused
    }
  }

  /// Waits until the caller is let in and is as expected.
  @discardableResult
  private func until(
    _ authorizer: Authorizer, _ uri: String, _ isExpected: (Requester) -> Bool
  ) async throws -> Requester {
    for await _ in authorizer.changes() {
      if let requester = try? requester(authorizer, uri), isExpected(requester) { return requester }
    }
    throw CancellationError()
  }

  /// Waits until the caller is refused.
  private func untilRefused(
    _ authorizer: Authorizer, _ uri: String, _ isExpected: (ServiceError) -> Bool = { $0 == .refused }
  ) async throws {
    for await _ in authorizer.changes() {
      do throws(ServiceError) {
        _ = try requester(authorizer, uri)
      } catch {
        if isExpected(error) { return }
      }
    }
  }

  @Test func whoTakesPartIsKnownThere() async throws {
    try await AccessHarness.run { harness in
      try await following(harness) { authorizer in
        try await until(authorizer, AccessHarness.officerURI) { $0.permittedReaders == [.headquarters] }
        try await until(authorizer, AccessHarness.operatorURI) { $0.permittedReaders == [.systemOperator] }
        let (principal, uri) = try await harness.state("EGY")
        let egypt = try await until(authorizer, uri) { $0.context.subject.roles.count == 4 }
        #expect(PrincipalName(egypt.principal).description == principal.name && egypt.party == PartyID("EGY"))
        #expect(egypt.context.subject.clearance == .confidential)
        // A stopped principal, and an organisation that ends, are out at once.
        _ = try await harness.disable(principal.name)
        try await untilRefused(authorizer, uri)
        try await harness.principal(
          "ending",
          of: try await harness.organisation("END", .state) {
            $0.organisation.endTime = harness.time.now
            $0.organisation.endTime.seconds += 10
          })
        try await until(authorizer, AccessHarness.uri("ending")) { _ in true }
        harness.time.advance(10)
        try await untilRefused(authorizer, AccessHarness.uri("ending"))
      }
    }
  }

  @Test func rolesBeginAndEndThere() async throws {
    try await AccessHarness.run { harness in
      try await following(harness) { authorizer in
        let organisation = try await harness.organisation("KEN", .state)
        let principal = try await harness.principal("ken", of: organisation)
        let uri = AccessHarness.uri("ken")
        try await until(authorizer, uri) { $0.permittedReaders.isEmpty }
        let role = try await harness.role(.hst, to: principal.name)
        try await until(authorizer, uri) { $0.permittedReaders == [.hostState] }
        _ = try await harness.end(role)
        try await until(authorizer, uri) { $0.permittedReaders.isEmpty }
        // A role that is known to begin and to end does so by the clock, without another snapshot.
        try await harness.role(.tpc, to: principal.name) {
          $0.roleAssignment.startTime = harness.time.now
          $0.roleAssignment.startTime.seconds += 10
          $0.roleAssignment.endTime = harness.time.now
          $0.roleAssignment.endTime.seconds += 20
        }
        try await until(authorizer, uri) { $0.context.subject.roles.count == 1 && $0.permittedReaders.isEmpty }
        harness.time.advance(10)
        #expect(try requester(authorizer, uri).permittedReaders == [.contributor])
        harness.time.advance(10)
        #expect(try requester(authorizer, uri).permittedReaders.isEmpty)
      }
    }
  }

  @Test func handedOverRolesCountThere() async throws {
    try await AccessHarness.run { harness in
      try await following(harness) { authorizer in
        let secretariat = try await harness.organisation("UNOCC", .secretariat)
        let alternate = try await harness.principal("alternate", of: secretariat)
        let holder = try await harness.principal("holder", of: secretariat)
        let role = try await harness.role(.dss, to: holder.name)
        let delegation = try await harness.delegate([.dss], to: alternate.name, as: AccessHarness.uri("holder"))
        let uri = AccessHarness.uri("alternate")
        try await until(authorizer, uri) { $0.permittedReaders == [.safety] }
        _ = try await harness.revoke(delegation, as: AccessHarness.uri("holder"))
        try await until(authorizer, uri) { $0.permittedReaders.isEmpty }
        _ = try await harness.delegate([.dss], to: alternate.name, as: AccessHarness.uri("holder"))
        try await until(authorizer, uri) { $0.permittedReaders == [.safety] }
        // What the delegator no longer holds is not handed over either.
        _ = try await harness.end(role)
        try await until(authorizer, uri) { $0.permittedReaders.isEmpty }
      }
    }
  }

  @Test func grantsAndEmbargoesTakeEffectThere() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (_, egypt) = try await harness.state("EGY")
      let caseName = try await harness.caseName()
      let id = try CaseName(parsing: caseName).id
      try await following(harness) { authorizer in
        let host = try #require(PartyID("EGY"))
        let facts = CaseFacts(
          id: id, hats: [Hat(.host, host)], incident: Period(from: Day(number: 1), until: Day(number: 2)))
        let grant = try await harness.approve(try await harness.request([.exact], of: caseName, to: "EGY", as: egypt))
        func sees(_ transform: Transform) async throws {
          try await CallPurpose.$current.withValue(.investigation) {
            try await until(authorizer, egypt) { $0.decide(facts).disposition(.exact).transform == transform }
          }
        }
        try await sees(.clear)
        _ = try await harness.revoke(grant)
        try await sees(.drop)
        #expect(try requester(authorizer, egypt).decide(facts).isCounted)
        let embargo = try await harness.embargo(.nextOfKin, on: caseName)
        try await until(authorizer, egypt) { !$0.decide(facts).isCounted }
        #expect(try requester(authorizer, AccessHarness.officerURI).decide(facts).isCounted)
        _ = try await harness.lift(embargo)
        try await until(authorizer, egypt) { $0.decide(facts).isCounted }
      }
    }
  }

  // MARK: Running streams

  /// What a stream that would never end by itself ends with when `change` is made at access control.
  private func end(
    of authorizer: Authorizer, _ caller: Caller, judge: @escaping @Sendable (Requester) throws -> Void = { _ in },
    _ change: () async throws -> Void
  ) async throws -> ServiceError? {
    let (begun, hasBegun) = AsyncStream.makeStream(of: Void.self)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await Caller.$current.withValue(caller) {
          try await authorizer.whileAllowed {
            try judge($0)
          } _: { _ in
            hasBegun.yield()
            try await Task.sleep(for: .seconds(3600))
          }
        }
      }
      for await _ in begun { break }
      try await change()
      return await #expect(throws: ServiceError.self) { try await group.next() }
    }
  }

  private func peer(_ uri: String) throws -> Caller { Caller(peer: .identified(try #require(PeerIdentity(uri: uri)))) }

  @Test func aRunningStreamEndsWithThePrincipalAndWithTheRole() async throws {
    try await AccessHarness.run { harness in
      let (principal, uri) = try await harness.state("EGY")
      let kenya = try await harness.principal("ken", of: try await harness.organisation("KEN", .state))
      let role = try await harness.role(.hst, to: kenya.name)
      try await following(harness) { authorizer in
        try await until(authorizer, uri) { _ in true }
        try await until(authorizer, AccessHarness.uri("ken")) { $0.permittedReaders == [.hostState] }
        let stopped = try await end(of: authorizer, try peer(uri)) { _ = try await harness.disable(principal.name) }
        #expect(stopped == .refused)
        let ended = try await end(of: authorizer, try peer(AccessHarness.uri("ken"))) {
          try $0.require([.hostState])
        } _: {
          _ = try await harness.end(role)
        }
        #expect(ended == .refused)
      }
    }
  }

  @Test func aRunningStreamEndsWithTheGrant() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (_, egypt) = try await harness.state("EGY")
      let caseName = try await harness.caseName()
      let facts = CaseFacts(
        id: try CaseName(parsing: caseName).id, hats: [Hat(.host, try #require(PartyID("EGY")))],
        incident: Period(from: Day(number: 1), until: Day(number: 2)))
      let grant = try await harness.approve(try await harness.request([.exact], of: caseName, to: "EGY", as: egypt))
      try await following(harness) { authorizer in
        try await CallPurpose.$current.withValue(.investigation) {
          try await until(authorizer, egypt) { $0.decide(facts).disposition(.exact).transform == .clear }
          let ended = try await end(of: authorizer, try peer(egypt)) { requester in
            guard requester.decide(facts).disposition(.exact).transform == .clear else { throw ServiceError.refused }
          } _: {
            _ = try await harness.revoke(grant)
          }
          #expect(ended == .refused)
        }
      }
    }
  }

  @Test func aRunningStreamEndsWithTheCertificate() async throws {
    try await AccessHarness.runWithAuthority { harness in
      let (principal, uri) = try await harness.state("EGY")
      let certificate = try await harness.certificate(of: principal.name)
      let serial = try #require(SerialNumber(certificate.name.dropFirst("certificates/".count)))
      try await following(harness) { authorizer in
        try await until(authorizer, uri) { _ in true }
        let ended = try await end(of: authorizer, try peer(uri).showing(serial)) {
          _ = try await harness.revoke(certificate: certificate.name)
        }
        #expect(ended == .refused)
      }
    }
  }

  // MARK: Out of touch

  @Test func aRestartGoesOnWithTheFileUntilItIsTooOld() async throws {
    try await AccessHarness.run { harness in
      let cache = PolicyCache(path: folder.file("policy.cache"))
      try await following(harness, cache: cache) { authorizer in
        try await until(authorizer, AccessHarness.officerURI) { _ in true }
      }
      // Nobody may have the stream but services: so this one is out of touch.
      let readiness = Readiness()
      try await following(harness, as: nil, cache: cache, readiness: readiness) { authorizer in
        try await until(authorizer, AccessHarness.officerURI) { _ in readiness.isReady }
        harness.time.advance(30)
        try await untilRefused(authorizer, AccessHarness.officerURI) {
          $0.code == .unavailable && $0.reason == .policyUnavailable && !readiness.isReady
        }
      }
      try await following(harness, as: nil, readiness: readiness) { authorizer in
        try await untilRefused(authorizer, AccessHarness.officerURI) { $0.reason == .policyUnavailable }
      }
      // In touch again, it decides again.
      try await following(harness, cache: cache) { authorizer in
        try await until(authorizer, AccessHarness.officerURI) { _ in true }
      }
    }
  }

  /// What comes from the real service, changed on its way or sent again.
  @Test func aForgedOrOlderPolicyIsNotTaken() async throws {
    try await AccessHarness.run { harness in
      let authorizer = Authorizer(clock: harness.time.clock)
      let intake = SnapshotIntake(keys: try await keys(harness), authorizer: authorizer)
      let (principal, uri) = try await harness.state("EGY")
      try await harness.untilPolicy { $0.principals.last?.subject.roles.count == 4 }
      let before = try await message(harness)
      _ = try await harness.disable(principal.name)
      try await harness.untilPolicy { $0.principals.count == 2 }
      let after = try await message(harness)
      try intake.take(after)
      #expect(throws: SnapshotIntake.Refusal.outdated) { try intake.take(before) }
      var forged = after
      forged.snapshot = before.snapshot
      #expect(throws: SnapshotIntake.Refusal.badSignature) { try intake.take(forged) }
      let stranger = try #require(PolicySigner(seed: [UInt8](repeating: 1, count: 32)))
      var snapshot = try PolicySnapshot(text: String(decoding: before.snapshot, as: UTF8.self))
      snapshot.sequence = after.sequence + 1
      let signed = PBWatchPolicyResponse(try stranger.sign(snapshot))
      #expect(throws: SnapshotIntake.Refusal.unknownKey) { try intake.take(signed) }
      #expect(throws: ServiceError.refused) { try requester(authorizer, uri) }
      #expect(try requester(authorizer, AccessHarness.officerURI).permittedReaders == [.headquarters])
    }
  }

  private func message(_ harness: AccessHarness) async throws -> PBWatchPolicyResponse {
    try await harness.policy.watchPolicy(.init(), metadata: caller(Self.service)) { response in
      var messages = response.messages.makeAsyncIterator()
      return try #require(try await messages.next())
    }
  }
}
