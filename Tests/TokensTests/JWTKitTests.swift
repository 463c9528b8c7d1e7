import AIP
import Crypto
import Foundation
import Identity
import JWTKit
import Policy
import TestSupport
import Testing

@testable import Tokens

/// Another implementation of JSON Web Tokens makes and takes the same tokens.
@Suite("Access tokens and JWTKit")
struct JWTKitTests {
  struct Payload: JWTPayload {
    var sub: String
    func verify(using algorithm: some JWTAlgorithm) async throws {}
  }

  @Test("agree on a signature")
  func agree() async throws {
    let tokens = try TestTokens()
    let keys = JWTKeyCollection()
    let publicKey = try Curve25519.Signing.PublicKey(rawRepresentation: tokens.key.publicKey)
    await keys.add(eddsa: EdDSA.PublicKey(backing: publicKey), kid: JWKIdentifier(string: tokens.key.id))
    let token = tokens.token(TestTokens.claims(at: 1_700_000_000))
    let payload = try await keys.verify(token, as: Payload.self)
    #expect(payload.sub == TestTokens.principal.description)
    let forged = try TestTokens(keyID: tokens.key.id).token(TestTokens.claims(at: 1_700_000_000))
    await #expect(throws: JWTError.self) { try await keys.verify(forged, as: Payload.self) }
  }
}
