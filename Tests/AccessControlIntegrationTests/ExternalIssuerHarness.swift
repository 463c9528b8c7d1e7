import Foundation
import GRPCCore
import Logging
import SwiftProtobuf
import Testing
import TestSupport
import VigilAccessAPI

@testable import AccessControlServer
@testable import CommandLineClient

/// Access control beside an issuer of another make, both running.
struct ExternalIssuerHarness: Sendable {
  let access: AccessHarness
  let provider: OpenIDProvider
  let issuer: ExternalIssuer
  /// A case that is on record, if the register is.
  let caseName: String

  static let logger = Logger(label: "test.issuer") { _ in SwiftLogNoOpLogHandler() }

  static func run(
    people: PersonRule = PersonRule(), pace: IssuerDocuments.Pace = IssuerDocuments.Pace(), hasRegister: Bool = false,
    _ body: @Sendable @escaping (ExternalIssuerHarness) async throws -> Void
  ) async throws {
    let authority = try TestCertificateAuthority()
    let provider = try await OpenIDProvider(tls: try authority.server())
    let issuer = try issuer(provider.issuer, trusting: authority.authorityFile, people, pace)
    try await AccessHarness.run(hasRegister: hasRegister, issuer: issuer) { access in
      // By the clock of its fixed policy.
      let caseName = hasRegister ? try await access.caseName() : ""
      let harness = ExternalIssuerHarness(access: access, provider: provider, issuer: issuer, caseName: caseName)
      try await harness.catchUp()
      try await body(harness)
    }
    withExtendedLifetime(authority) {}
  }

  static func issuer(
    _ url: String, trusting authorities: String, _ people: PersonRule = PersonRule(),
    _ pace: IssuerDocuments.Pace = IssuerDocuments.Pace()
  ) throws -> ExternalIssuer {
    let web = try WebClient(authorities: authorities, logger: logger)
    return ExternalIssuer(
      rules: IDTokenRules(issuer: url, client: "vigil", algorithms: [.rs256, .es256]), people: people, scope: "openid",
      secret: "a secret & more",
      documents: IssuerDocuments(issuer: url, pace: pace, logger: logger) { try await web.read($0) }, web: web,
      logger: logger)
  }

  /// The issuer's clock is the machine's: that of access control is set to it.
  func catchUp() async throws {
    access.time.advance(Int64(Date().timeIntervalSince1970) - access.time.now.seconds)
    try await access.settle()
  }

  /// Somebody on record whom the issuer knows.
  func person(_ subject: String = "jane") async throws -> PBPrincipal {
    try await access.newcomer("oidc:\(subject)", of: try await access.organisation("OIOS", .auditor))
  }

  /// What a client redeems after a person has signed in at the issuer.
  func redemption(
    of subject: String = "jane", claims: String = "{}", _ change: OpenIDProvider.Change? = nil
  ) async throws -> PBSignInExternallyRequest {
    try await catchUp()
    let request = AuthorizationRequest(redirect: "http://127.0.0.1:1\(LoopbackListener.path)")
    let address = try request.address(of: try await access.signIn.getExternalIssuer(.init()))
    let answer = try await provider.signIn(subject, claims: claims, at: address)
    let target = try #require(answer.split(separator: ":1", maxSplits: 1).last)
    guard case .code(let code) = request.answer(String(target)) else { throw PeerError("the issuer answers \(answer)") }
    if let change { try await provider.change(change) }
    return .with {
      $0.authorizationCode = code
      $0.codeVerifier = request.verifier
      $0.redirectUri = request.redirect
      $0.nonce = request.nonce
    }
  }

  func signIn(_ request: PBSignInExternallyRequest) async throws -> PBSessionTokens {
    try await access.signIn.signInExternally(request)
  }
}
