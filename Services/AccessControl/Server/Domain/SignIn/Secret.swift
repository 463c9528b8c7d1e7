import AIP
import Crypto

/// Something random that is given out once and kept as its digest only. It is long, so that the digest needs no salt.
struct Secret: Hashable, Sendable {
  /// What is given out.
  let text: String

  init(text: String) { self.text = text }

  /// A refresh token: 256 bits.
  static func refreshToken() -> Secret { Secret(text: Base64URL.encode(bytes(32))) }

  /// A recovery code: 80 bits in groups that can be copied from paper.
  static func recoveryCode() -> Secret {
    Secret(typed: Base32.encode(bytes(10)))
  }

  private static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: .min ... .max) } }

  /// A recovery code as somebody has typed it.
  init(typed text: String) {
    self.text = String(text.uppercased().filter { !$0.isWhitespace && $0 != "-" }).grouped
  }

  /// SHA-256.
  var digest: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

extension String {
  fileprivate var grouped: String {
    let characters = Array(self)
    return stride(from: 0, to: characters.count, by: 4).map { start in
      String(characters[start..<min(start + 4, characters.count)])
    }.joined(separator: "-")
  }
}
