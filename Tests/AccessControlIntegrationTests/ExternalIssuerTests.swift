import AIP
import ArgumentParser
import Foundation
import GRPCCore
import Policy
import SwiftProtobuf
import TestSupport
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer
@testable import CommandLineClient

/// Signing in at an issuer of the deployment's own, which is a real one that the test starts.
@Suite("An external issuer")
struct ExternalIssuerTests {
  @Test("has somebody sign in there and be here who the directory says")
  func signsIn() async throws {
    try await ExternalIssuerHarness.run { harness in
      let jane = try await harness.person()
      let tokens = try await harness.signIn(try await harness.redemption())
      #expect(tokens.principal == jane.name && !tokens.refreshToken.isEmpty)
      try await harness.access.settle()
      let identity = try await harness.access.whoami(tokens.accessToken)
      #expect(identity.principal == jane.name && identity.party == "OIOS" && identity.session == tokens.session)
      let again = try await harness.access.refresh(tokens.refreshToken)
      #expect(again.session == tokens.session)
      let sessions = try await harness.access.identity.listSessions(
        .with { $0.parent = jane.name }, metadata: caller(AccessHarness.operatorURI)
      ).sessions
      #expect(sessions.map(\.kind) == [.externalIssuer])
    }
  }

  /// One after the other at one issuer, each with a code of its own.
  @Test("is believed in nothing that is not so, and whatever is not has one answer")
  func oneAnswer() async throws {
    try await ExternalIssuerHarness.run { harness in
      let jane = try await harness.person()
      let organisation = try await harness.access.organisation("XAA", .state)
      let stopped = try await harness.access.newcomer("oidc:stopped", of: organisation)
      _ = try await harness.access.disable(stopped.name)
      _ = try await harness.access.newcomer("has.password", of: organisation)
      let now = harness.access.time.now.seconds
      let changes: [OpenIDProvider.Change] = [
        .claims(#"{"iss": "https://localhost:1"}"#), .claims(#"{"aud": "other"}"#),
        .claims(#"{"aud": ["vigil", "other"]}"#), .claims(#"{"nonce": "another"}"#), .claims(#"{"nonce": null}"#),
        .claims(#"{"exp": \#(now - 60)}"#), .claims(#"{"iat": \#(now + 600)}"#), .claims(#"{"iat": \#(now - 3600)}"#),
        .claims(#"{"sub": "has.password"}"#), .claims(#"{"sub": ""}"#), .algorithm("none"), .algorithm("HS256"),
        .key(id: nil), .key(id: "unknown"),
      ]
      var answers: Set<Failure> = []
      for change in changes {
        let request = try await harness.redemption(change)
        answers.insert(try #require(try await failure { try await harness.signIn(request) }, "\(change)"))
      }
      for subject in ["nobody", "stopped", "has.password", "oidc:jane"] {
        let request = try await harness.redemption(of: subject)
        answers.insert(try #require(try await failure { try await harness.signIn(request) }, "\(subject)"))
      }
      let others: [@Sendable (inout PBSignInExternallyRequest) -> Void] = [
        { $0.nonce = String(repeating: "n", count: 43) }, { $0.codeVerifier = String(repeating: "v", count: 43) },
        { $0.redirectUri = "http://127.0.0.1:2/signed-in" }, { $0.authorizationCode = "made-up" },
      ]
      for (place, change) in others.enumerated() {
        var request = try await harness.redemption()
        change(&request)
        answers.insert(try #require(try await failure { try await harness.signIn(request) }, "\(place)"))
      }
      // A code is good once.
      let request = try await harness.redemption()
      #expect(try await harness.signIn(request).principal == jane.name)
      answers.insert(try #require(try await failure { try await harness.signIn(request) }))
      #expect(answers.count == 1, "\(answers)")
      #expect(answers.first?.code == .unauthenticated && answers.first?.reason == "CREDENTIALS_REFUSED")
      #expect(try await harness.access.count("sessions") == 1)
    }
  }

  @Test("can take roles away for the session, and give none")
  func roles() async throws {
    var people = PersonRule()
    people.rolesClaim = "groups"
    people.roles = [
      ClaimedRole(value: "auditors", reader: .auditor), ClaimedRole(value: "officers", reader: .headquarters),
    ]
    try await ExternalIssuerHarness.run(people: people) { harness in
      let jane = try await harness.person()
      try await harness.access.role(.aud, to: jane.name)
      func seen(_ tokens: PBSessionTokens) async throws -> (readers: [PBReaderClass], log: Failure?) {
        try await harness.access.settle()
        let metadata = bearer(tokens.accessToken)
        return (
          try await harness.access.whoami(tokens.accessToken).readers,
          try await failure { try await harness.access.audit.listAuditEntries(.init(), metadata: metadata) }
        )
      }
      let all = try await harness.signIn(
        try await harness.redemption(claims: #"{"groups": ["auditors", "officers"]}"#))
      let auditor = try await seen(all)
      #expect(auditor.readers == [.aud] && auditor.log == nil)
      for claims in [#"{"groups": ["officers"]}"#, #"{"groups": []}"#, "{}"] {
        let none = try await harness.signIn(try await harness.redemption(claims: claims))
        for tokens in [none, try await harness.access.refresh(none.refreshToken)] {
          let nobody = try await seen(tokens)
          #expect(nobody.readers.isEmpty && nobody.log?.code == .permissionDenied, "\(claims)")
        }
      }
    }
  }

  @Test("takes them away in what is decided about cases too")
  func rolesInCases() async throws {
    var people = PersonRule()
    people.rolesClaim = "groups"
    people.roles = [ClaimedRole(value: "officers", reader: .headquarters)]
    try await ExternalIssuerHarness.run(people: people, hasRegister: true) { harness in
      let (access, caseName) = (harness.access, harness.caseName)
      let jane = try await access.newcomer("oidc:jane", of: try await access.organisation("UNOCC", .secretariat))
      try await access.role(.hq, to: jane.name)
      func attempt(_ claims: String) async throws -> (isAllowed: Bool, grant: Failure?) {
        let tokens = try await harness.signIn(try await harness.redemption(claims: claims))
        try await access.settle()
        let metadata = bearer(tokens.accessToken)
        let question = PBCheckRequest.with {
          $0.case = caseName
          $0.action = .read
        }
        var request = PBRequestGrantRequest.with {
          $0.grant.case = caseName
          $0.grant.dataClasses = [.exact]
          $0.grant.purpose = .investigation
          $0.grant.grantee = "UNOCC"
          $0.grant.legalBasis = "test"
          $0.grant.endTime = access.time.now
          $0.reason = "test"
          $0.requestID = freshRequestID()
        }
        request.grant.endTime.seconds += 60
        return (
          try await access.policy.check(question, metadata: metadata).allowed,
          try await failure { try await access.grants.requestGrant(request, metadata: metadata) }
        )
      }
      let officer = try await attempt(#"{"groups": "officers"}"#)
      #expect(officer.isAllowed && officer.grant == nil)
      let nobody = try await attempt(#"{"groups": "others"}"#)
      #expect(!nobody.isAllowed && nobody.grant?.code == .notFound)
    }
  }

  @Test("has its keys read again for a token of a new one, and not more often than once in an interval")
  func rotation() async throws {
    try await ExternalIssuerHarness.run { harness in
      _ = try await harness.person()
      _ = try await harness.signIn(try await harness.redemption())
      let reads = try await harness.provider.countOfKeyReads()
      try await harness.provider.rotateKey()
      let request = try await harness.redemption()
      // As if it were that much later.
      harness.access.time.advance(31)
      _ = try await harness.signIn(request)
      #expect(try await harness.provider.countOfKeyReads() == reads + 1)
      for _ in 0..<3 {
        let request = try await harness.redemption(.key(id: "unknown"))
        #expect(try await failure { try await harness.signIn(request) }?.code == .unauthenticated)
      }
      #expect(try await harness.provider.countOfKeyReads() == reads + 1)
    }
  }

  @Test("that is away is believed in what it said until a bound, and then nobody knows")
  func away() async throws {
    var pace = IssuerDocuments.Pace()
    (pace.refresh, pace.interval, pace.bound) = (100, 10, 300)
    try await ExternalIssuerHarness.run(pace: pace) { harness in
      _ = try await harness.person()
      let request = try await harness.redemption()
      let now = PolicyTime(microseconds: harness.access.time.now.seconds * 1_000_000)
      let token = try await harness.issuer.redeem(
        try ExternalIssuer.Redemption(request),
        at: try await harness.issuer.documents.current(at: now).metadata.tokenEndpoint)
      try await harness.provider.answers(false)
      for seconds: Int64 in [0, 99, 101, 200, 299] {
        let person = try await harness.issuer.person(
          of: token, nonce: request.nonce, at: now.advanced(bySeconds: seconds))
        #expect(person.login == "oidc:jane")
      }
      await #expect(throws: ServiceError.issuerUnavailable) {
        try await harness.issuer.person(of: token, nonce: request.nonce, at: now.advanced(bySeconds: 300))
      }
      let refused = try await failure { try await harness.signIn(request) }
      #expect(refused?.code == .unavailable && refused?.reason == "ISSUER_UNAVAILABLE")
      try await harness.provider.answers(true)
      let later = try await harness.issuer.person(
        of: token, nonce: request.nonce, at: now.advanced(bySeconds: 320))
      #expect(later.login == "oidc:jane")
    }
  }

  @Test("is asked nothing unless it proves to be the host that is named")
  func transport() async throws {
    let (one, other, mine) = try (TestCertificateAuthority(), TestCertificateAuthority(), TestCertificateAuthority())
    let provider = try await OpenIDProvider(tls: try one.server())
    let stranger = try ExternalIssuerHarness.issuer(provider.issuer, trusting: other.authorityFile)
    await #expect(throws: ServiceError.issuerUnavailable) {
      try await stranger.documents.current(at: PolicyTime(microseconds: 0))
    }
    let elsewhere = try await OpenIDProvider(tls: try mine.issue(TestCertificate(dnsNames: ["elsewhere"]), as: "other"))
    let web = try WebClient(authorities: mine.authorityFile, logger: ExternalIssuerHarness.logger)
    await #expect(throws: (any Error).self) { try await web.read(elsewhere.issuer + "/jwks") }
    await #expect(throws: WebClient.Failure.self) { try await web.read("http://localhost:1/jwks") }
    withExtendedLifetime((one, mine)) {}
  }

  @Test("takes a request that was made as it should be, and there is none where none is set up")
  func requests() async throws {
    try await AccessHarness.run { harness in
      let none = try await failure { try await harness.signIn.getExternalIssuer(.init()) }
      #expect(none?.code == .failedPrecondition && none?.reason == "NO_EXTERNAL_ISSUER")
      #expect(try await failure { try await harness.signIn.signInExternally(.init()) } == none)
    }
    let good = PBSignInExternallyRequest.with {
      $0.authorizationCode = "code"
      $0.codeVerifier = String(repeating: "v", count: 43)
      $0.redirectUri = "http://[::1]:80/signed-in"
      $0.nonce = String(repeating: "n", count: 43)
    }
    #expect(throws: Never.self) { try ExternalIssuer.Redemption(good) }
    let changes: [(inout PBSignInExternallyRequest) -> Void] = [
      { $0.authorizationCode = "" }, { $0.codeVerifier = "short" }, { $0.nonce = "short" }, { $0.nonce += "\0" },
      { $0.redirectUri = "https://vigil.example/signed-in" }, { $0.redirectUri = "http://127.0.0.1.example:80/" },
      { $0.redirectUri = "http://127.0.0.1/" }, { $0.redirectUri = "http://127.0.0.1:x@example:80/" },
      { $0.redirectUri = "http://localhost:80/" },
    ]
    for (place, change) in changes.enumerated() {
      var request = good
      change(&request)
      #expect(throws: ServiceError.self, "\(place)") { try ExternalIssuer.Redemption(request) }
    }
  }

  @Test("is where `vigil login --issuer` sends somebody, and takes nothing that was not asked for")
  func command() async throws {
    let folder = try TemporaryFolder("issuer-session")
    var settings = ConnectionSettings()
    settings.session = folder.file("session.json")
    try await ExternalIssuerHarness.run { [settings, folder] harness in
      let jane = try await harness.person()
      let login = try LoginCommand.parse(["--issuer"])
      let console = Console(write: { _ in }, isTerminal: false, columns: nil)
      try await login.signIn(harness.access.client, settings, notes: console) { address in
        try await harness.catchUp()
        let location = try await harness.provider.signIn("jane", at: address)
        let place = try #require(location.split(separator: "?").first)
        for other in ["?code=x", "?code=x&state=guessed", "/elsewhere?code=x", "?error=access_denied"] {
          #expect(try await harness.provider.visit("\(place)\(other)") == "404")
        }
        #expect(try await harness.provider.visit(location) == "200")
      }
      let kept = try #require(try SessionFile(path: folder.file("session.json")).read())
      #expect(kept.principal == jane.name)
      try await harness.access.settle()
      #expect(try await harness.access.whoami(kept.accessToken).principal == jane.name)
      let denied = await #expect(throws: CommandFailure.self) {
        try await login.signIn(harness.access.client, settings, notes: console) { address in
          let state = try #require(URLComponents(string: address)?.queryItems?.first { $0.name == "state" }?.value)
          let redirect = try #require(
            URLComponents(string: address)?.queryItems?.first { $0.name == "redirect_uri" }?.value)
          #expect(try await harness.provider.visit(redirect + "?error=access_denied&state=\(state)") == "404")
        }
      }
      #expect(denied?.status == .noPermission)
    }
    #expect(throws: (any Error).self) { _ = try LoginCommand.parse(["--issuer", "--user", "jane"]) }
  }
}
