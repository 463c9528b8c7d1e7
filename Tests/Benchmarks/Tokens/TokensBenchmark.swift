import AIP
import Crypto
import Foundation
import Identity
import Policy
import Tokens

/// Tokens checked per second of one core's time, one JSON line per setting: `bench-tokens [--seconds 3]`. Beside them what
/// a signature alone costs to check.
@main
enum TokensBenchmark {
  enum Kind: String, CaseIterable {
    /// A token that was seen before.
    case cached
    /// A token that was not.
    case uncached
    /// The signature of one, by the library alone.
    case signature
  }

  static func main() throws {
    let arguments = CommandLine.arguments
    let seconds = arguments.firstIndex(of: "--seconds").flatMap { Double(arguments[$0 + 1]) } ?? 3
    let bench = try Bench()
    for kind in Kind.allCases {
      _ = try bench.measure(kind, for: .milliseconds(300))
      let rate = try bench.measure(kind, for: .seconds(seconds))
      print(#"{"client": "vigil", "kind": "\#(kind.rawValue)", "per_second": \#(rate)}"#)
    }
  }
}

/// 64 callers, each with a token of its own.
struct Bench {
  private let signing = Curve25519.Signing.PrivateKey()
  private let tokens: [String]
  private let trust: TokenTrust

  init() throws {
    let now = Int64(Date().timeIntervalSince1970)
    let header = #"{"alg":"EdDSA","typ":"at+jwt","kid":"0123456789abcdef"}"#
    tokens = try (0..<UInt64(64)).map { [signing] number in
      let claims = AccessClaims(
        iss: TokenIssuer.register.issuer, aud: TokenIssuer.register.audience,
        sub: RecordID(high: 7, low: number).description, sid: RecordID(high: 8, low: number).description, iat: now,
        nbf: now, exp: now + 3600)
      let payload = try JSONEncoder().encode(claims)
      let signed = "\(Base64URL.encode(Array(header.utf8))).\(Base64URL.encode(Array(payload)))"
      return "\(signed).\(Base64URL.encode(Array(try signing.signature(for: Data(signed.utf8)))))"
    }
    let key = TokenKey(id: "0123456789abcdef", publicKey: Array(signing.publicKey.rawRepresentation))
    trust = TokenTrust(keys: key.map { [$0] } ?? [], issuedAt: PolicyTime(microseconds: now * 1_000_000))
  }

  func measure(_ kind: TokensBenchmark.Kind, for duration: Duration) throws -> Int {
    // Nothing is told anew while it runs.
    let verifier = TokenVerifier(boundInSeconds: 3600)
    verifier.take(trust)
    let end = ContinuousClock.now + duration
    let start = clock()
    var (count, sum) = (0, UInt64(0))
    while ContinuousClock.now < end {
      for token in tokens { sum &+= try answer(kind, verifier, token) }
      count += tokens.count
      guard kind == .uncached else { continue }
      // Another set of keys and back: what is remembered is forgotten.
      verifier.take(TokenTrust(keys: [], issuedAt: trust.issuedAt))
      verifier.take(trust)
    }
    let elapsed = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    precondition(sum != 1)
    return Int(Double(count) / elapsed)
  }

  @inline(never)
  private func answer(_ kind: TokensBenchmark.Kind, _ verifier: TokenVerifier, _ token: String) throws -> UInt64 {
    guard kind == .signature else { return try verifier.verify(token).principal.low }
    let parts = token.split(separator: ".")
    let signed = token[..<parts[1].endIndex]
    let signature = Base64URL.decode(parts[2]) ?? []
    return signing.publicKey.isValidSignature(Data(signature), for: Data(signed.utf8)) ? 2 : 4
  }
}
