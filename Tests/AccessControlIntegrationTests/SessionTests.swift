import AIP
import GRPCCore
import Logging
import Policy
import PolicyPostgres
import Postgres
import Records
import SwiftProtobuf
import Testing
import Tokens
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("Sessions")
struct SessionTests {
  @Test("each refresh token gives the next, and one that is shown twice ends the session everywhere")
  func reuse() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      let first = try await harness.signIn(jane)
      harness.time.advance(200)
      let second = try await harness.refresh(first.refreshToken)
      #expect(second.session == first.session && second.refreshToken != first.refreshToken)
      try await harness.settle()
      _ = try await harness.whoami(second.accessToken)
      let reused = try await failure { try await harness.refresh(first.refreshToken) }
      #expect(reused?.code == .unauthenticated && reused?.reason == "CREDENTIALS_REFUSED")
      #expect(try await failure { try await harness.refresh(second.refreshToken) } == reused)
      // Services learn of it in what is signed for them, and refuse the access token.
      try await harness.untilPolicy { !$0.endedSessions.isEmpty }
      try await harness.settle()
      #expect(try await failure { try await harness.whoami(second.accessToken) }?.code == .unauthenticated)
      let ended = try await harness.identity.listSessions(
        .with { $0.parent = jane.principal.name }, metadata: caller(AccessHarness.operatorURI)
      ).sessions
      #expect(ended.map(\.end) == [.reused])
      // Another session of the same person goes on.
      harness.time.advance(30)
      let other = try await harness.signIn(jane)
      try await harness.settle()
      _ = try await harness.whoami(other.accessToken)
    }
  }

  @Test("of two who show one refresh token at once, one gets tokens that are good for nothing")
  func race() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      let first = try await harness.signIn(jane)
      let given = try await withThrowingTaskGroup(of: PBSessionTokens?.self) { group in
        for _ in 0..<2 { group.addTask { try? await harness.refresh(first.refreshToken) } }
        return try await group.reduce(into: [PBSessionTokens]()) { if let tokens = $1 { $0.append(tokens) } }
      }
      #expect(given.count == 1)
      #expect(try await failure { try await harness.refresh(given[0].refreshToken) }?.code == .unauthenticated)
    }
  }

  @Test("what nobody was given is refused")
  func unknown() async throws {
    try await AccessHarness.run { harness in
      for token in ["", "x", String(repeating: "A", count: 43), "' OR 1=1 --"] {
        #expect(try await failure { try await harness.refresh(token) }?.code == .unauthenticated)
        _ = try await harness.signIn.signOut(.with { $0.refreshToken = token })
      }
      #expect(
        try await failure { try await harness.refresh(String(repeating: "x", count: 257)) }?.code == .invalidArgument)
    }
  }

  @Test("a session lasts as long as it may, used or not")
  func lifetime() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      let idle = try await harness.signIn(jane)
      harness.time.advance(3600)
      #expect(try await failure { try await harness.refresh(idle.refreshToken) } != nil)
      var busy = try await harness.signIn(jane)
      for _ in 0..<12 {
        harness.time.advance(3599)
        busy = try await harness.refresh(busy.refreshToken)
      }
      // Twelve seconds are left, and nothing goes beyond them.
      #expect(busy.accessExpireTime.seconds == harness.time.now.seconds + 12)
      #expect(busy.refreshExpireTime == busy.accessExpireTime)
      harness.time.advance(12)
      #expect(try await failure { try await harness.refresh(busy.refreshToken) } != nil)
    }
  }

  @Test("signing out ends it")
  func signOut() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      let tokens = try await harness.signIn(jane)
      try await harness.settle()
      _ = try await harness.whoami(tokens.accessToken)
      _ = try await harness.signIn.signOut(.with { $0.refreshToken = tokens.refreshToken })
      _ = try await harness.signIn.signOut(.with { $0.refreshToken = tokens.refreshToken })
      try await harness.settle()
      #expect(try await failure { try await harness.whoami(tokens.accessToken) }?.code == .unauthenticated)
      #expect(try await failure { try await harness.refresh(tokens.refreshToken) }?.code == .unauthenticated)
      // Once its tokens have ended by themselves there is nothing to tell.
      let store = PolicyStore(pool: harness.pool)
      let told = try await store.snapshot(at: PolicyTime(harness.time.clock.now())).endedSessions
      harness.time.advance(301)
      let later = try await store.snapshot(at: PolicyTime(harness.time.clock.now())).endedSessions
      #expect(told.count == 1 && later.isEmpty)
    }
  }

  @Test("everybody sees and ends its own, and operators anybody's")
  func others() async throws {
    try await AccessHarness.run { harness in
      let organisation = try await harness.organisation("XAA", .state)
      let jane = try await harness.person("jane.doe", of: organisation)
      let john = try await harness.person("john.doe", of: organisation)
      let (hers, his) = (try await harness.signIn(jane), try await harness.signIn(john))
      try await harness.settle()
      let list = PBListSessionsRequest.with { $0.parent = jane.principal.name }
      #expect(try await harness.identity.listSessions(list, metadata: bearer(hers.accessToken)).sessions.count == 1)
      #expect(try await harness.identity.listSessions(list, metadata: bearer(his.accessToken)).sessions.isEmpty)
      let end = PBEndSessionRequest.with {
        $0.name = hers.session
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }
      let foreign = try await failure { try await harness.identity.endSession(end, metadata: bearer(his.accessToken)) }
      var missing = end
      missing.name = "principals/\(RecordIDText.one)/sessions/\(RecordIDText.one)"
      let unknown = try await failure {
        try await harness.identity.endSession(missing, metadata: bearer(his.accessToken))
      }
      #expect(foreign?.code == .notFound && foreign == unknown)
      let officer = try await failure {
        try await harness.identity.endSession(end, metadata: caller(AccessHarness.officerURI))
      }
      #expect(officer?.code == .permissionDenied)
      let ended = try await harness.identity.endSession(end, metadata: caller(AccessHarness.operatorURI))
      #expect(ended.end == .revoked)
      try await harness.settle()
      #expect(try await failure { try await harness.whoami(hers.accessToken) }?.code == .unauthenticated)
      _ = try await harness.whoami(his.accessToken)
      var own = end
      (own.name, own.requestID) = (his.session, freshRequestID())
      _ = try await harness.identity.endSession(own, metadata: bearer(his.accessToken))
    }
  }

  @Test("a system gets a token for where it cannot show its certificate, and a token gives no other")
  func exchange() async throws {
    try await AccessHarness.run { harness in
      let given = try await harness.identity.exchangeToken(.init(), metadata: caller(AccessHarness.officerURI))
      try await harness.settle()
      let identity = try await harness.whoami(given.accessToken)
      #expect(identity.readers == [.hq] && identity.session == given.session)
      let again = try await failure {
        try await harness.identity.exchangeToken(.init(), metadata: bearer(given.accessToken))
      }
      #expect(again?.code == .permissionDenied)
      #expect(try await harness.count("refresh_tokens") == 0)
    }
  }

  @Test("a new key takes over without a call that is refused")
  func rotation() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      let lifetimes = Lifetimes()
      let rotation = KeyRotation(
        pool: harness.pool, vault: AccessHarness.vault, clock: harness.time.clock, lifetimes: lifetimes,
        logger: Logger(label: "test"))
      var signers: Set<String> = []
      harness.time.advance(lifetimes.key)
      // A step of ten seconds at a time over the turn: each token is good for its whole life for whoever hears of keys
      // every ten seconds.
      let session = try await harness.signIn(jane)
      var refresh = session.refreshToken
      var alive: [(token: String, end: Int64)] = []
      for _ in 0..<160 {
        await rotation.step()
        try await harness.settle()
        let now = harness.time.now.seconds
        alive.removeAll { $0.end <= now }
        for token in alive { _ = try harness.tokens.verify(token.token) }
        let next = try await harness.refresh(refresh)
        refresh = next.refreshToken
        // Checked by what was known before it was made.
        _ = try harness.tokens.verify(next.accessToken)
        signers.insert(String(next.accessToken.prefix { $0 != "." }))
        alive.append((next.accessToken, next.accessExpireTime.seconds))
        harness.time.advance(10)
      }
      #expect(Set(signers.map(keyID)).count == 2)
      let seeds = try await harness.pool.execute(CountSeeds())
      #expect(try await harness.count("token_keys") == 2 && seeds == [1])
    }
  }

  private func keyID(_ header: String) -> String {
    let json = Base64URL.decode(header).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return json.split(separator: "\"").first { $0.count == 16 && $0.allSatisfy(\.isHexDigit) }.map(String.init) ?? ""
  }
}

private enum RecordIDText {
  static let one = "0190b5a2-7c3e-7abc-8def-0123456789ab"
}

private struct CountSeeds: PostgresStatement {
  var sql: String { "SELECT count(*) FROM token_keys WHERE seed IS NOT NULL" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}
