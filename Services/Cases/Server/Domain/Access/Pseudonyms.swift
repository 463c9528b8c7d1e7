import AIP
import Crypto
import FoundationEssentials
import Policy

/// Names that one reader is given for persons it may not know: the same in each of its reads, and of no use to another,
/// who is given others (5e). Whoever lacks the key can neither make them nor find out whom they stand for.
struct Pseudonyms: Sendable {
  let key: SymmetricKey
  /// Whom they are made for.
  let reader: PartyID

  /// A UUID of version 8 (RFC 9562, 5.8).
  func id(for id: RecordID) -> RecordID {
    let words = words("id", id.description)
    return RecordID(high: words.0 & ~0xF000 | 0x8000, low: words.1 & (.max >> 2) | 1 << 63)
  }

  /// `P-` and 16 hexadecimal digits.
  func text(for text: String) -> String {
    let digits = String(words("text", text).0, radix: 16)
    return "P-" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The first bytes of HMAC-SHA-256 of what is named, for whom, and as what. A party has no NUL.
  private func words(_ kind: StaticString, _ value: String) -> (UInt64, UInt64) {
    let message = Array("\(kind)\0\(reader)\0\(value)".utf8)
    let code = Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    func word(_ start: Int) -> UInt64 { code[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    return (word(0), word(8))
  }
}
