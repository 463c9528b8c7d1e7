import Crypto

/// Time-based one-time passwords (RFC 6238) as authenticator applications make them: SHA-1, six digits, 30 seconds.
struct TOTP: Hashable, Sendable {
  static let secretSize = 20
  static let period: Int64 = 30

  let secret: [UInt8]

  static func random() -> TOTP {
    TOTP(secret: (0..<secretSize).map { _ in UInt8.random(in: .min ... .max) })
  }

  static func step(at seconds: Int64) -> Int64 { seconds / period }

  /// The code of a step (RFC 4226, section 5.3).
  func code(_ step: Int64) -> String {
    let counter = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: step >> Int64($0)) }
    let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
    let offset = Int(mac[19] & 0xF)
    let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let digits = String(number % 1_000_000)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The step that a code is of: the present one or one of its neighbours, since clocks differ, and later than the last
  /// one used, since a code is good once. Nil for any other code.
  func step(of code: String, at seconds: Int64, after last: Int64) -> Int64? {
    let present = Self.step(at: seconds)
    var found: Int64?
    // All are looked at whatever is found.
    for step in present - 1...present + 1 where self.code(step) == code && step > last && found == nil { found = step }
    return found
  }

  /// As authenticator applications read it.
  func uri(for login: String) -> String {
    let label = login.utf8.map { byte in
      let character = Character(UnicodeScalar(byte))
      if character.isASCII, character.isLetter || character.isNumber || "-._~".contains(character) {
        return String(character)
      }
      return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
    return "otpauth://totp/Vigil:\(label)?secret=\(Base32.encode(secret))&issuer=Vigil"
  }
}
