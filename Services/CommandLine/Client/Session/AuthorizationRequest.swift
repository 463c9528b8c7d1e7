import Crypto
import Foundation
import VigilAccessAPI

/// Asks an issuer who somebody is (OpenID Connect Core 1.0, 3.1.2.1), with PKCE (RFC 7636): of use to nobody else who comes
/// by the answer.
struct AuthorizationRequest: Sendable {
  /// What a request to the redirect is.
  enum Answer: Hashable, Sendable {
    case code(String)
    /// The issuer refuses, and says so.
    case refused(String)
    /// It answers nothing that was asked here.
    case none
  }

  let verifier = Self.random()
  let state = Self.random()
  let nonce = Self.random()
  let redirect: String

  private static func random() -> String { base64URL((0..<32).map { _ in UInt8.random(in: .min ... .max) }) }

  private static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// Where the browser is to go.
  func address(of issuer: PBExternalIssuer) throws -> String {
    guard var components = URLComponents(string: issuer.authorizationEndpoint), components.scheme == "https" else {
      throw CommandFailure(status: .software, reason: "the issuer's address cannot be used")
    }
    let challenge = Self.base64URL(SHA256.hash(data: Data(verifier.utf8)))
    components.queryItems =
      (components.queryItems ?? []) + [
        URLQueryItem(name: "response_type", value: "code"), URLQueryItem(name: "client_id", value: issuer.clientID),
        URLQueryItem(name: "scope", value: issuer.scope), URLQueryItem(name: "redirect_uri", value: redirect),
        URLQueryItem(name: "state", value: state), URLQueryItem(name: "nonce", value: nonce),
        URLQueryItem(name: "code_challenge", value: challenge),
        URLQueryItem(name: "code_challenge_method", value: "S256"),
      ]
    guard let address = components.string else {
      throw CommandFailure(status: .software, reason: "the issuer's address cannot be used")
    }
    return address
  }

  /// What a request means: nothing unless it has the state that only the issuer was told.
  func answer(_ target: String) -> Answer {
    guard let components = URLComponents(string: target), components.path == LoopbackListener.path else { return .none }
    let items = components.queryItems ?? []
    func value(_ name: String) -> String? {
      let found = items.filter { $0.name == name }
      return found.count == 1 ? found[0].value : nil
    }
    guard value("state") == state else { return .none }
    if let error = value("error") { return .refused(error) }
    return value("code").map { .code($0) } ?? .none
  }
}
