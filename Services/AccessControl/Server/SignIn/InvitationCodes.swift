import AIP
import Crypto
import GRPCCore
import Postgres
import Records
import Sealing

/// The codes of invitations: an invitation's identifier with a MAC that only access control can make, so that no code is
/// kept anywhere and none can be guessed.
struct InvitationCodes: Sendable {
  let pool: PostgresPool
  let vault: Vault

  func code(of id: RecordID) async throws -> String {
    let bytes = Self.bytes(of: id)
    return Base64URL.encode(bytes + Array(HMAC<SHA256>.authenticationCode(for: bytes, using: try await key())))
  }

  /// The invitation that a code is of; nil for what was not made here.
  func id(of code: String) async throws -> RecordID? {
    let key = try await key()
    guard let bytes = Base64URL.decode(code), bytes.count == 48,
      HMAC<SHA256>.isValidAuthenticationCode(bytes[16...], authenticating: bytes[..<16], using: key)
    else { return nil }
    return RecordID(high: Self.half(bytes[0..<8]), low: Self.half(bytes[8..<16]))
  }

  private func key() async throws -> SymmetricKey {
    let name = "invitation_codes"
    guard let sealed = try await pool.execute(SelectServiceKey(name: name)).first else {
      throw ServiceError(.internalError, .internalFault, "the key of invitations is missing")
    }
    return SymmetricKey(data: try vault.open(sealed, .serviceKey(name)))
  }

  private static func bytes(of id: RecordID) -> [UInt8] {
    [id.high, id.low].flatMap { half in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: half >> UInt64($0)) }
    }
  }

  private static func half(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
