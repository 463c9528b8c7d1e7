import AIP
import Crypto
import CryptoExtras
import Foundation
import Policy
import Testing

@testable import AccessControlServer

/// Which tokens of an external issuer are believed.
@Suite("Tokens of an external issuer")
struct IDTokenTests {
  private static let now: Int64 = 1_800_000_000
  private static let nonce = "nonce-of-the-request"
  private static let rules = IDTokenRules(
    issuer: "https://issuer.example", client: "vigil", algorithms: Set(SigningAlgorithm.allCases))

  private struct Signers {
    let rsa: _RSA.Signing.PrivateKey
    let p256 = P256.Signing.PrivateKey()
    let ed25519 = Curve25519.Signing.PrivateKey()

    init() throws { rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    func sign(_ text: String, _ algorithm: SigningAlgorithm) throws -> [UInt8] {
      let bytes = Array(text.utf8)
      return switch algorithm {
      case .rs256: Array(try rsa.signature(for: bytes, padding: .insecurePKCS1v1_5).rawRepresentation)
      case .ps256: Array(try rsa.signature(for: bytes, padding: .PSS).rawRepresentation)
      case .es256: Array(try p256.signature(for: bytes).rawRepresentation)
      case .edDSA: Array(try ed25519.signature(for: bytes))
      }
    }

    /// As issuers publish them: with some that are of no use.
    func keys(_ change: (inout [[String: String]]) -> Void = { _ in }) throws -> IssuerKeySet {
      let primitives = try rsa.publicKey.getKeyPrimitives()
      let point = Array(p256.publicKey.x963Representation)
      var keys = [
        [
          "kty": "RSA", "kid": "rsa", "use": "sig", "n": Base64URL.encode(Array(primitives.modulus)),
          "e": Base64URL.encode(Array(primitives.publicExponent)),
        ],
        [
          "kty": "EC", "kid": "p256", "crv": "P-256", "x": Base64URL.encode(Array(point[1..<33])),
          "y": Base64URL.encode(Array(point[33...])),
        ],
        [
          "kty": "OKP", "kid": "ed25519", "crv": "Ed25519", "alg": "EdDSA",
          "x": Base64URL.encode(Array(ed25519.publicKey.rawRepresentation)),
        ],
        ["kty": "oct", "kid": "secret", "k": "AAAA"],
        ["kty": "EC", "kid": "k", "crv": "secp256k1", "x": "A", "y": "A"],
        ["kty": "RSA", "kid": "short", "n": "AQAB", "e": "AQAB"],
      ]
      change(&keys)
      return try JSONDecoder().decode(IssuerKeySet.self, from: JSONEncoder().encode(["keys": keys]))
    }
  }

  private static let kids: [SigningAlgorithm: String] = [
    .rs256: "rsa", .ps256: "rsa", .es256: "p256", .edDSA: "ed25519",
  ]

  /// A good token's claims, as JSON.
  private static let claims: [String: String] = [
    "iss": #""https://issuer.example""#, "aud": #""vigil""#, "sub": #""jane""#, "nonce": "\"\(nonce)\"",
    "iat": "\(now)", "exp": "\(now + 300)",
  ]

  private static func signed(_ header: String, _ claims: [String: String]) -> String {
    let payload = "{" + claims.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    return Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(payload.utf8))
  }

  private static func token(
    _ signers: Signers, _ algorithm: SigningAlgorithm = .es256, kid: String? = nil, changes: [String: String?] = [:]
  ) throws -> String {
    var claims = claims
    for (name, value) in changes { claims[name] = value }
    let text = signed(#"{"alg":"\#(algorithm.rawValue)","kid":"\#(kid ?? kids[algorithm] ?? "")","typ":"JWT"}"#, claims)
    return text + "." + Base64URL.encode(try signers.sign(text, algorithm))
  }

  private static func refusal(
    _ text: String, _ keys: IssuerKeySet, _ rules: IDTokenRules = rules, nonce: String = nonce, at now: Int64 = now
  ) throws -> IDTokenRules.Refusal? {
    let token = try #require(IDToken(text), "\(text)")
    do {
      try rules.check(token, keys, nonce: nonce, at: now)
      return nil
    } catch {
      return error
    }
  }

  @Test("are believed when signed as allowed, with a key of that kind", arguments: SigningAlgorithm.allCases)
  func algorithms(_ algorithm: SigningAlgorithm) throws {
    let signers = try Signers()
    let keys = try signers.keys()
    let token = try Self.token(signers, algorithm)
    #expect(try Self.refusal(token, keys) == nil)
    var others = Self.rules
    others.algorithms.remove(algorithm)
    #expect(try Self.refusal(token, keys, others) == .algorithm)
    // With the key of another kind, or of another issuer, it is forged.
    for (other, kid) in Self.kids where kid != Self.kids[algorithm] {
      #expect(try Self.refusal(try Self.token(signers, algorithm, kid: kid), keys) == .forged, "\(other)")
    }
    #expect(try Self.refusal(try Self.token(Signers(), algorithm), keys) == .forged)
    #expect(try Self.refusal(try Self.token(signers, algorithm, kid: "unknown"), keys) == .unknownKey)
    let changed = token.replacing(".", with: ".e30", maxReplacements: 1)
    #expect(try IDToken(changed) == nil || Self.refusal(changed, keys) == .forged)
  }

  @Test("are not, unsigned or signed with what everybody knows")
  func confusion() throws {
    let signers = try Signers()
    let keys = try signers.keys()
    for name in ["none", "None", "", "HS256", "HS512", "RS512", "rs256"] {
      for secret in [
        Data(), signers.rsa.publicKey.derRepresentation, Data(signers.rsa.publicKey.pemRepresentation.utf8),
      ] {
        let text = Self.signed(#"{"alg":"\#(name)","kid":"rsa"}"#, Self.claims)
        let mac = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: secret))
        for signature in [Base64URL.encode(Array(mac)), ""] {
          #expect(try Self.refusal(text + "." + signature, keys) == .algorithm, "\(name)")
        }
      }
    }
    let unsigned = try Self.token(signers).split(separator: ".").dropLast().joined(separator: ".") + "."
    #expect(try Self.refusal(unsigned, keys) == .forged)
  }

  static let attacks: [([String: String?], IDTokenRules.Refusal)] = [
    (["iss": #""https://issuer.example/""#], .issuer), (["iss": nil], .issuer), (["iss": "7"], .issuer),
    (["aud": #""other""#], .audience), (["aud": nil], .audience), (["aud": "[]"], .audience),
    (["aud": #"["vigil","other"]"#], .audience), (["azp": #""other""#], .audience), (["azp": "7"], .audience),
    (["aud": #"["vigil","other"]"#, "azp": #""other""#], .audience),
    (["nonce": nil], .nonce), (["nonce": #""another""#], .nonce), (["nonce": #"["nonce-of-the-request"]"#], .nonce),
    (["exp": "\(now - 30)"], .expired), (["exp": nil], .incomplete), (["exp": #""\#(now + 300)""#], .incomplete),
    (["iat": "\(now + 31)"], .notYetValid), (["iat": nil], .incomplete), (["iat": "\(now - 601)"], .expired),
    (["nbf": "\(now + 31)"], .notYetValid), (["nbf": #""soon""#], .notYetValid),
  ]

  @Test("are not when anything that they say is not so", arguments: attacks)
  func claims(_ changes: [String: String?], _ expected: IDTokenRules.Refusal) throws {
    let signers = try Signers()
    #expect(try Self.refusal(try Self.token(signers, changes: changes), signers.keys()) == expected)
  }

  @Test("are, where clocks differ a little, and where they are for others too and say for whom they were made")
  func tolerated() throws {
    let signers = try Signers()
    let good: [[String: String?]] = [
      ["exp": "\(Self.now - 29)"], ["iat": "\(Self.now + 30)"], ["nbf": "\(Self.now + 30)"], ["exp": "\(Self.now).5"],
      ["aud": #"["vigil"]"#], ["aud": #"["other","vigil"]"#, "azp": #""vigil""#],
    ]
    for changes in good {
      #expect(try Self.refusal(try Self.token(signers, changes: changes), signers.keys()) == nil, "\(changes)")
    }
    #expect(try Self.refusal(try Self.token(signers, changes: ["nonce": #""""#]), signers.keys(), nonce: "") == .nonce)
  }

  @Test("are nothing of another form")
  func forms() throws {
    let token = try Self.token(Signers())
    #expect(IDToken(token) != nil)
    let parts = token.split(separator: ".").map(String.init)
    var others = ["", "a", "..", "a.b.c", parts[0] + "." + parts[1], token + ".", token + "=", " " + token]
    for header in [
      #"{"alg":"ES256","kid":"p256","typ":"at+jwt"}"#, #"{"alg":"ES256","kid":"p256","crit":["b64"],"b64":false}"#,
      #"{"kid":"p256"}"#, "[]",
    ] {
      others.append([Base64URL.encode(Array(header.utf8)), parts[1], parts[2]].joined(separator: "."))
    }
    others.append(token + String(repeating: "A", count: IDToken.limit))
    for other in others { #expect(IDToken(other) == nil, "\(other.prefix(80))") }
  }

  @Test("without a key's name are of the only key that there is, and of none among several")
  func nameless() throws {
    let signers = try Signers()
    let text = Self.signed(#"{"alg":"ES256"}"#, Self.claims)
    let token = try text + "." + Base64URL.encode(signers.sign(text, .es256))
    #expect(try Self.refusal(token, signers.keys()) == .unknownKey)
    #expect(try Self.refusal(token, signers.keys { $0.removeAll { $0["kty"] != "EC" } }) == nil)
  }

  @Test("of a key that is for something else are of none")
  func purposes() throws {
    let signers = try Signers()
    let encryption = try signers.keys { for place in $0.indices { $0[place]["use"] = "enc" } }
    #expect(try Self.refusal(try Self.token(signers), encryption) == .unknownKey)
    let others = try signers.keys { for place in $0.indices { $0[place]["alg"] = "RS256" } }
    #expect(try Self.refusal(try Self.token(signers, .ps256), others) == .forged)
    #expect(try Self.refusal(try Self.token(signers, .rs256), others) == nil)
  }

  @Test("name people in a place of their own, and take roles away only")
  func people() throws {
    var rule = PersonRule()
    #expect(rule.person(["sub": .text("jane")]) == PersonRule.Person(login: "oidc:jane"))
    let nobodies: [[String: Claim]] = [
      [:], ["sub": .text("")], ["sub": .texts(["jane"])], ["sub": .number(7)], ["sub": .text("a\0b")],
      ["sub": .text(String(repeating: "j", count: 251))],
    ]
    for nobody in nobodies { #expect(rule.person(nobody) == nil) }
    rule.rolesClaim = "groups"
    rule.roles = try ["officers=HQ", "a=b=AUD"].map { try #require(ClaimedRole(settingText: $0)) }
    func readers(_ claim: Claim?) -> ReaderSet? {
      rule.person(["sub": .text("jane"), "groups": claim ?? .other])?.readers
    }
    #expect(readers(.texts(["officers", "others"])) == [.headquarters])
    #expect(readers(.text("a=b")) == [.auditor])
    #expect(readers(.texts([])) == [] && readers(nil) == [] && readers(.text("HQ")) == [])
    #expect(rule.person(["sub": .text("jane")])?.readers == [])
    for text in ["", "=HQ", "officers", "officers=", "officers=NO"] { #expect(ClaimedRole(settingText: text) == nil) }
  }

  @Test("come from an issuer that says who it is, and leads nowhere that does not")
  func metadata() {
    let good = IssuerMetadata(
      issuer: "https://issuer.example", authorizationEndpoint: "https://issuer.example/a",
      tokenEndpoint: "https://issuer.example/t", keysEndpoint: "https://keys.example/k")
    #expect(good.isGood(for: "https://issuer.example"))
    #expect(!good.isGood(for: "https://issuer.example/"))
    for field in [\IssuerMetadata.authorizationEndpoint, \.tokenEndpoint, \.keysEndpoint] {
      var bad = good
      bad[keyPath: field] = bad[keyPath: field].replacing("https:", with: "http:")
      #expect(!bad.isGood(for: "https://issuer.example"))
    }
  }
}
