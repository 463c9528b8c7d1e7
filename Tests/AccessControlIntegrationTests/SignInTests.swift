import Foundation
import GRPCCore
import JWTKit
import Policy
import Postgres
import SwiftProtobuf
import Testing
import Tokens
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("Sign-in")
struct SignInTests {
  @Test("somebody is invited, enrols, signs in and is who it is")
  func signsIn() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      #expect(jane.login == "jane.doe" && Set(jane.recoveryCodes).count == 10)
      let tokens = try await harness.signIn(jane)
      #expect(tokens.principal == jane.principal.name)
      #expect(tokens.accessExpireTime.seconds == harness.time.now.seconds + 300)
      try await harness.settle()
      let identity = try await harness.whoami(tokens.accessToken)
      #expect(
        identity.principal == jane.principal.name && identity.session == tokens.session && identity.party == "XAA")
      #expect(identity.readers.isEmpty)
      // A token is its principal's, whatever certificate the connection has.
      var both = bearer(tokens.accessToken)
      both.addString(AccessHarness.operatorURI, forKey: "test-caller")
      #expect(try await harness.identity.getIdentity(.init(), metadata: both).principal == jane.principal.name)
      let refused = try await failure {
        try await harness.directory.listOrganisations(
          .init(), metadata: ["authorization": "Bearer x", "test-caller": .string(AccessHarness.operatorURI)])
      }
      #expect(refused?.code == .unauthenticated && refused?.reason == "CREDENTIALS_REFUSED")
    }
  }

  @Test("the published keys let another implementation check the tokens")
  func keySet() async throws {
    struct Claims: JWTPayload {
      var sub: String
      var exp: Int
      func verify(using algorithm: some JWTAlgorithm) async throws {}
    }
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      let tokens = try await harness.signIn(jane)
      let keys = JWTKeyCollection()
      try await keys.add(jwksJSON: try await harness.signIn.getKeySet(.init()).json)
      let claims = try await keys.verify(tokens.accessToken, as: Claims.self)
      #expect("principals/\(claims.sub)" == jane.principal.name)
      #expect(Int64(claims.exp) == tokens.accessExpireTime.seconds)
    }
  }

  @Test("whatever is wrong has one answer, and does one amount of work")
  func oneAnswer() async throws {
    try await AccessHarness.run { harness in
      let organisation = try await harness.organisation("XAA", .state)
      let jane = try await harness.person("jane.doe", of: organisation)
      let john = try await harness.person("john.doe", of: organisation)
      _ = try await harness.newcomer("nobody.yet", of: organisation)
      _ = try await harness.disable(john.principal.name)
      let changes: [@Sendable (inout PBSignInRequest) -> Void] = [
        { $0.password = "wrong horse battery" }, { $0.password = "" }, { $0.totpCode = "000000" },
        { $0.secondFactor = nil }, { $0.recoveryCode = "AAAA-AAAA-AAAA-AAAA" }, { $0.loginName = "unknown" },
        { $0.loginName = "nobody.yet" }, { $0.loginName = "JANE.DOE" }, { $0.loginName = "' OR 1=1 --" },
        { $0.loginName = AccessHarness.operatorURI },
      ]
      var answers: Set<Failure> = []
      for (index, change) in changes.enumerated() {
        // So that no pause begins.
        if index % 4 == 3 { harness.time.advance(30); _ = try await harness.signIn(jane); harness.time.advance(30) }
        answers.insert(try #require(try await failure { try await harness.signIn(jane, change) }, "change \(index)"))
      }
      answers.insert(try #require(try await failure { try await harness.signIn(john) }))
      #expect(answers.count == 1, "\(answers)")
      #expect(answers.first?.code == .unauthenticated && answers.first?.reason == "CREDENTIALS_REFUSED")
    }
  }

  @Test("after attempts in vain there is a pause, for names that there are as for others")
  func lockout() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      for _ in 0..<5 {
        #expect(try await failure { try await harness.signIn(jane) { $0.password = "wrong horse battery" } } != nil)
        #expect(try await failure { try await harness.signIn(jane) { $0.loginName = "unknown" } } != nil)
      }
      let locked = try await failure { try await harness.signIn(jane) }
      let wrong = try await failure { try await harness.signIn(jane) { $0.password = "wrong horse battery" } }
      #expect(locked != nil && locked == wrong)
      harness.time.advance(29)
      #expect(try await failure { try await harness.signIn(jane) } != nil)
      harness.time.advance(31)
      _ = try await harness.signIn(jane)
      // Both were counted alike.
      #expect(try await harness.count("lockouts") == 2)
      harness.time.advance(86_401)
      _ = try await harness.signIn(jane)
      #expect(try await harness.count("lockouts") == 1)
    }
  }

  @Test("many attempts at once are not one")
  func atOnce() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      let admitted = try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<20 {
          group.addTask { _ = try await failure { try await harness.signIn(jane) { $0.totpCode = "000000" } } }
        }
        try await group.waitForAll()
        return try await failure { try await harness.signIn(jane) }
      }
      #expect(admitted != nil)
    }
  }

  @Test("a code is good once, and so is a recovery code")
  func replay() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      _ = try await harness.signIn(jane)
      #expect(try await failure { try await harness.signIn(jane) } != nil)
      let typed = jane.recoveryCodes[3].lowercased().replacing("-", with: " ")
      let recovered = try await harness.signIn(jane) { $0.recoveryCode = typed }
      #expect(try await failure { try await harness.signIn(jane) { $0.recoveryCode = typed } } != nil)
      try await harness.settle()
      let sessions = try await harness.identity.listSessions(
        .with { $0.parent = jane.principal.name }, metadata: bearer(recovered.accessToken)
      ).sessions
      #expect(sessions.map(\.kind) == [.recoveryCode, .authenticator])
    }
  }

  @Test("one code at once gives one session")
  func replayAtOnce() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      let admitted = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<4 { group.addTask { try await failure { try await harness.signIn(jane) } == nil } }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(admitted == 1)
    }
  }

  @Test("an attempt after the principal was stopped, and a session from before, are refused")
  func stopped() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      let tokens = try await harness.signIn(jane)
      _ = try await harness.disable(jane.principal.name)
      try await harness.settle()
      #expect(try await failure { try await harness.whoami(tokens.accessToken) }?.code == .permissionDenied)
      #expect(try await failure { try await harness.refresh(tokens.refreshToken) }?.code == .unauthenticated)
    }
  }

  @Test("no secret is kept in the clear")
  func secrets() async throws {
    try await AccessHarness.run { harness in
      let organisation = try await harness.organisation("XAA", .state)
      let principal = try await harness.newcomer("jane.doe", of: organisation)
      let invitation = try await harness.invite(principal.name)
      let jane = try await harness.enrol(principal, by: invitation)
      let tokens = try await harness.signIn(jane)
      let secrets = [invitation.code, jane.password, tokens.refreshToken, tokens.accessToken] + jane.recoveryCodes
      let tables = ["acts", "replies", "invitations", "credentials", "recovery_codes", "sessions", "refresh_tokens"]
      for table in tables {
        for secret in secrets {
          let hexadecimal = Data(secret.utf8).map { String(format: "%02x", $0) }.joined()
          let found = try await harness.pool.execute(CountHits(table: table, texts: [secret, hexadecimal]))
          #expect(found == [0], "\(table)")
        }
      }
    }
  }
}

/// How many rows of a table hold one of the texts, in any column.
private struct CountHits: PostgresStatement {
  var table: String
  var texts: [String]
  var sql: String { "SELECT count(*) FROM \(table) t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0" }
  func bind(_ parameters: inout PostgresParameters) {
    for text in texts { parameters.append(text) }
  }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}
