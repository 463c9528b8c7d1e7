import AIP
import FoundationEssentials
import GRPCCore
import Logging
import NIOHTTP1
import Policy

/// An issuer of the deployment's own at which people sign in (OpenID Connect Core 1.0, the authorization code flow). It is
/// asked directly, over TLS, for the token that a code stands for; no caller can hand one in.
struct ExternalIssuer: Sendable {
  let rules: IDTokenRules
  let people: PersonRule
  let scope: String
  /// By which this deployment proves to the issuer that it is itself; nil for a public client.
  let secret: String?
  let documents: IssuerDocuments
  let web: WebClient
  let logger: Logger

  /// What a code is redeemed with: all of it as in the request that the code answers.
  struct Redemption: Hashable, Sendable {
    var code: String
    var verifier: String
    var redirect: String
    var nonce: String
  }

  private struct Answer: Decodable {
    var id_token: String
  }

  /// Who has signed in there.
  ///
  /// - Throws: UNAUTHENTICATED (CREDENTIALS_REFUSED) for a code that the issuer does not take, and for a token that is not
  ///   to be believed; UNAVAILABLE (ISSUER_UNAVAILABLE).
  func person(_ redemption: Redemption, at now: PolicyTime) async throws -> PersonRule.Person {
    let text = try await redeem(redemption, at: try await documents.current(at: now).metadata.tokenEndpoint)
    return try await person(of: text, nonce: redemption.nonce, at: now)
  }

  /// The same for a token.
  func person(of text: String, nonce: String, at now: PolicyTime) async throws -> PersonRule.Person {
    guard let token = IDToken(text) else { throw ServiceError.credentialsRefused }
    let keys = try await documents.current(at: now) { $0.keys.key(of: token) != nil }.keys
    do {
      try rules.check(token, keys, nonce: nonce, at: now.seconds)
    } catch {
      logger.notice("a token of the external issuer was refused", metadata: ["reason": "\(error)"])
      throw ServiceError.credentialsRefused
    }
    guard let person = people.person(token.claims) else { throw ServiceError.credentialsRefused }
    return person
  }

  /// The token that a code stands for.
  func redeem(_ redemption: Redemption, at endpoint: String) async throws -> String {
    var form = [
      ("grant_type", "authorization_code"), ("code", redemption.code), ("redirect_uri", redemption.redirect),
      ("code_verifier", redemption.verifier),
    ]
    var headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")]
    if let secret {
      let pair = Data("\(rules.client.formEncoded):\(secret.formEncoded)".utf8).base64EncodedString()
      headers.append(("authorization", "Basic \(pair)"))
    } else {
      form.append(("client_id", rules.client))
    }
    let body = form.map { "\($0.formEncoded)=\($1.formEncoded)" }.joined(separator: "&")
    let response = try await answer { try await web.send(.POST, endpoint, headers: headers, body: body) }
    // RFC 6749, 5.2: 400 is about the code; anything else about this deployment or the issuer.
    if response.status == 400 { throw ServiceError.credentialsRefused }
    guard response.status == 200, let answer = try? JSONDecoder().decode(Answer.self, from: response.body) else {
      logger.warning("the external issuer gives no token", metadata: ["status": "\(response.status)"])
      throw ServiceError.issuerUnavailable
    }
    return answer.id_token
  }

  private func answer(_ body: () async throws -> WebClient.Response) async throws -> WebClient.Response {
    do {
      return try await body()
    } catch {
      logger.warning("the external issuer cannot be reached", metadata: ["error": "\(error)"])
      throw ServiceError.issuerUnavailable
    }
  }
}

extension String {
  /// As a value of a form: everything but letters, digits and `-._~` escaped.
  fileprivate var formEncoded: String {
    utf8.map { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
