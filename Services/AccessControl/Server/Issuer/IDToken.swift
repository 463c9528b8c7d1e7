import AIP
import FoundationEssentials

/// An ID token of an external issuer in its compact form (RFC 7515): not to be believed before ``IDTokenRules``.
struct IDToken: Sendable {
  private struct Header: Decodable {
    var alg: String
    var kid: String?
    var typ: String?
    var crit: [String]?
  }

  /// Longer ones are not looked at.
  static let limit = 16_384

  let algorithm: String
  let keyID: String?
  let claims: [String: Claim]
  let signed: [UInt8]
  let signature: [UInt8]

  /// Nil for anything else, and for what needs to be understood and is not (`crit`). Where the header says what it is, it
  /// must be a plain token: an access token is none by which somebody signs in.
  init?(_ text: String) {
    guard text.utf8.count <= Self.limit else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header: Header = Self.json(parts[0]), header.crit == nil,
      header.typ.map({ $0.uppercased() == "JWT" }) ?? true, let claims: [String: Claim] = Self.json(parts[1]),
      let signature = Base64URL.decode(parts[2])
    else { return nil }
    (algorithm, keyID, self.claims, self.signature) = (header.alg, header.kid, claims, signature)
    signed = Array(text[..<parts[1].endIndex].utf8)
  }

  private static func json<Value: Decodable>(_ part: Substring) -> Value? {
    Base64URL.decode(part).flatMap { try? JSONDecoder().decode(Value.self, from: Data($0)) }
  }
}

/// What a token says of one thing.
enum Claim: Decodable, Hashable, Sendable {
  case text(String)
  case texts([String])
  case number(Double)
  case other

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let texts = try? value.decode([String].self) {
      self = .texts(texts)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else {
      self = .other
    }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  /// One text counts as a list of it.
  var texts: [String]? {
    switch self {
    case .text(let text): [text]
    case .texts(let texts): texts
    case .number, .other: nil
    }
  }

  var number: Double? { if case .number(let number) = self { number } else { nil } }
}
