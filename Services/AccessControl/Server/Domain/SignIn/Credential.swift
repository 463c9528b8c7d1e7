import AIP
import Policy

/// A person's password and second factor as they are on record.
struct Credential: Hashable, Sendable {
  var id: RecordID
  var principal: RecordID
  var password: PasswordDigest
  /// Of the second factor.
  var sealedSecret: [UInt8]
  /// The last step whose code was used.
  var totpStep: Int64
  var createTime: PolicyTime
}

/// A password as it is kept: HMAC-SHA-256 of the salt by the key that scrypt (RFC 7914) makes of password and salt.
struct PasswordDigest: Hashable, Sendable {
  static let size = 32

  /// How dear it is to try a password.
  struct Cost: Hashable, Sendable {
    /// The binary logarithm of the number of rounds, N.
    var roundsLog2: Int16 = 15
    /// r.
    var blockSize: Int16 = 8
    /// p.
    var parallelism: Int16 = 1
  }

  var salt: [UInt8]
  var cost: Cost
  var digest: [UInt8]

  /// What is compared with where there is nobody: no password gives it, and comparing takes the same time.
  static func nobody(_ cost: Cost) -> PasswordDigest {
    PasswordDigest(salt: Array(repeating: 0, count: 16), cost: cost, digest: Array(repeating: 0, count: size))
  }

  /// In a time that does not tell where they differ.
  func matches(_ other: [UInt8]) -> Bool {
    guard other.count == digest.count else { return false }
    return zip(digest, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
