import AIP
import GRPCCore
import GRPCTransport
import Identity
import Policy
import TLS
import TestSupport
import Testing
import Tokens
import VigilAccessAPI

@testable import AccessControlServer
@testable import ServiceRuntime

// Every method of every service, called with tokens that are not good, by way of the gateway and for an officer: a call
// is the token's alone, so the officer's certificate helps none of them.
extension EveryRPCTests {
  /// What is wrong with a token; ``good`` is there to show that nothing else is.
  enum Flaw: String, CaseIterable, Sendable {
    case good, expired, notYetValid, forged, unknownKey, foreignAudience, foreignIssuer, unsigned, signedAsNone, ended
    case changed
  }

  /// A session that was ended.
  private static let ended = RecordID(high: 0x0190_b5a2_7c3e_7abe, low: 0x8def_0123_4567_89ab)

  private static func token(_ flaw: Flaw, _ tokens: TestTokens, at now: Int64) throws -> String {
    var claims = TestTokens.claims(at: now)
    let none = #"{"alg":"none","typ":"at+jwt","kid":"\#(tokens.key.id)"}"#
    switch flaw {
    case .good: break
    case .expired: (claims.iat, claims.nbf, claims.exp) = (now - 600, now - 600, now - 300)
    case .notYetValid: (claims.nbf, claims.exp) = (now + 300, now + 600)
    case .forged: return try TestTokens(keyID: tokens.key.id).token(claims)
    case .unknownKey: return try TestTokens(keyID: "fedcba9876543210").token(claims)
    case .foreignAudience: claims.aud = "https://other.example"
    case .foreignIssuer: claims.iss = "https://evil.example"
    case .unsigned: return TestTokens.unsigned(header: none, payload: TestTokens.json(claims)) + "."
    case .signedAsNone: return tokens.token(header: none, payload: TestTokens.json(claims))
    case .ended: claims = TestTokens.claims(at: now, session: ended)
    case .changed:
      let signature = tokens.token(claims).split(separator: ".")[2]
      let other = TestTokens.claims(at: now, principal: ended)
      return TestTokens.unsigned(header: tokens.header, payload: TestTokens.json(other)) + "." + signature
    }
    return tokens.token(claims)
  }

  /// Has the service know the key of the tokens and which session has ended: now, since that is good for a while only.
  private static func tell(_ parts: ServiceParts, of tokens: TestTokens) -> Int64 {
    let now = TokenVerifier.systemTime()
    let over = EndedSession(id: ended, until: now.advanced(bySeconds: 600))
    parts.tokens?.take(tokens.trust([over], at: now))
    return now.seconds
  }

  @Test func aTokenThatIsNotGoodHasOneAnswer() async throws {
    try await AccessHarness.run { harness in
      let folder = try TemporaryFolder("rpc")
      let authority = try TestCertificateAuthority()
      let files = try authority.client(uri: Self.gateway.uri, as: "gateway")
      // Whether what is asked for is there makes no difference: it is not looked at.
      let name = Array(try await harness.state("EGY").principal.name.utf8)
      let messages: [[UInt8]] = [[], [0x0a, UInt8(name.count)] + name]
      var answers: Set<Failure> = []
      for parts in try await Self.parts(harness, folder) {
        answers.formUnion(
          try await Self.serving(parts, try authority.server(uri: Self.gateway.uri)) { port in
            try await Self.withClient(port, files) { client in
              try await Self.answers(of: parts, client, files, messages)
            }
          })
      }
      #expect(answers.count == 1, "\(answers)")
      #expect(answers.first?.code == .unauthenticated && answers.first?.reason == "CREDENTIALS_REFUSED")
    }
  }

  /// Not reflection, which is anybody's who is identified, nor sign-in, which refuses an empty request as it does a token.
  private static func judgesIdentity(_ method: MethodDescriptor) -> Bool {
    rule(of: method).map { $0 != .identified && $0 != .guests } ?? false
  }

  /// What each method answers to tokens that are not good.
  private static func answers(
    of parts: ServiceParts, _ client: GRPCClient<HTTP2ClientTransport>, _ files: TLSFiles, _ messages: [[UInt8]]
  ) async throws -> Set<Failure> {
    let tokens = try TestTokens()
    var answers: Set<Failure> = []
    for flaw in Flaw.allCases {
      for method in methods(of: parts) + reflection where flaw != .good || judgesIdentity(method) {
        // Once is enough to see that what is asked for is not looked at.
        for message in flaw == .expired ? messages : [messages[0]] {
          let token = try token(flaw, tokens, at: tell(parts, of: tokens))
          let call = Call(
            name: "\(flaw)", files: files, named: AccessHarness.officerURI, token: token, answer: { _ in nil })
          let answer = try await refusal(client, method, by: call, message)
          if flaw == .good {
            #expect(answer?.code != .unauthenticated, "\(method)")
          } else {
            answers.insert(try Failure(try #require(answer, "\(method) takes a token that is \(flaw)")))
          }
        }
      }
    }
    return answers
  }
}
