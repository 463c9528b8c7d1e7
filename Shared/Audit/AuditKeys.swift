package import Crypto
import FoundationEssentials

/// The keys that a reader takes the log's heads from, each under its id: what it pinned, and nothing that came with
/// them.
package struct AuditKeys: Sendable {
  private var keys: [String: Curve25519.Signing.PublicKey] = [:]

  package init(_ keys: [Curve25519.Signing.PublicKey]) {
    for key in keys { self.keys[key.keyID] = key }
  }

  /// The keys in a text: a line for each, its id and the key, 32 bytes in hexadecimal. What follows a `#` is no part of
  /// it.
  ///
  /// - Returns: nil for a line that is not of the form, an id that is not the key's, and a text without a key.
  package init?(text: String) {
    self.init([])
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      if words.isEmpty { continue }
      guard words.count == 2, let bytes = Self.bytes(words[1]),
        let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes), key.keyID == words[0]
      else { return nil }
      keys[key.keyID] = key
    }
    if keys.isEmpty { return nil }
  }

  package func key(_ id: String) -> Curve25519.Signing.PublicKey? { keys[id] }

  private static func bytes(_ text: Substring) -> [UInt8]? {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue.map { UInt8($0) } }
    guard digits.count == 64, text.utf8.count == 64 else { return nil }
    return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}

extension Curve25519.Signing.PublicKey {
  /// The first 8 bytes of the SHA-256 of the key, in hexadecimal.
  package var keyID: String { SHA256.hash(data: rawRepresentation).prefix(8).hexadecimal }

  /// The line of ``AuditKeys/init(text:)``.
  package var auditLine: String { "\(keyID) \(rawRepresentation.hexadecimal)" }
}

extension Sequence<UInt8> {
  fileprivate var hexadecimal: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
