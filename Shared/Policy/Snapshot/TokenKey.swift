/// A key that access tokens are signed with (Ed25519, RFC 8032): its public half.
package struct TokenKey: Hashable, Sendable {
  /// What tokens name it by (`kid`): 16 hexadecimal digits.
  package let id: String
  /// 32 bytes.
  package let publicKey: [UInt8]

  /// Nil unless the id is a word of lower-case letters, digits and `-`, and the key of 32 bytes.
  package init?(id: String, publicKey: [UInt8]) {
    let isWord = id.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-")
    }
    guard (1...64).contains(id.utf8.count), isWord, publicKey.count == 32 else { return nil }
    self.id = id
    self.publicKey = publicKey
  }

  /// As a line of a snapshot.
  var line: String { "token-key \(id) \(publicKey.map(Self.digits).joined())" }

  private static func digits(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

extension PolicyWords {
  /// The rest of the line `token-key`.
  mutating func tokenKey() throws(PolicyTextError) -> TokenKey {
    let id = String(try next("key"))
    return try value("key") { digits in TokenKey(id: id, publicKey: Self.bytes(digits)) }
  }

  private static func bytes(_ digits: Substring) -> [UInt8] {
    let values = digits.utf8.compactMap { digit in Character(UnicodeScalar(digit)).hexDigitValue.map(UInt8.init) }
    guard values.count == digits.utf8.count, values.count % 2 == 0 else { return [] }
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }
}
