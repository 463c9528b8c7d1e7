internal import Crypto
internal import FoundationEssentials
internal import GRPCCore

/// Turns cursors into page tokens that a client can neither read nor alter, and back.
///
/// A token is base64url (without padding) of AES-256-GCM over version, expiry, query digest and key. All instances of a
/// service share the key.
package struct PageTokenSealer: Sendable {
  /// Length of a key in bytes.
  package static let keyLength = 32
  private static let version: UInt8 = 1
  private static let longest = 1024

  private let key: SymmetricKey
  private let lifetime: Duration

  /// Nil unless the key is 32 bytes long.
  package init?(key: [UInt8], lifetime: Duration = .seconds(24 * 60 * 60)) {
    guard key.count == Self.keyLength else { return nil }
    self.key = SymmetricKey(data: key)
    self.lifetime = lifetime
  }

  /// The token of a cursor; `now` is in seconds since 1970.
  package func seal(_ cursor: PageCursor, now: Int64) throws(ServiceError) -> String {
    var plain: [UInt8] = [Self.version]
    let expiry = UInt64(bitPattern: now + lifetime.components.seconds)
    for shift in stride(from: 56, through: 0, by: -8) { plain.append(UInt8(truncatingIfNeeded: expiry >> shift)) }
    plain += cursor.query.bytes + cursor.key
    do {
      let box = try AES.GCM.seal(plain, using: key)
      return Base64URL.encode(Array(box.nonce) + Array(box.ciphertext) + Array(box.tag))
    } catch {
      throw ServiceError(.internalError, .internalFault, "a page token could not be made")
    }
  }

  /// The key where the page begins: nil for an empty token, the first page.
  ///
  /// Throws INVALID_ARGUMENT: INVALID_PAGE_TOKEN for a token that this key did not seal, PAGE_TOKEN_MISMATCH for one of
  /// another query, PAGE_TOKEN_EXPIRED for one that is too old at `now` (seconds since 1970).
  package func open(
    _ token: String,
    query: QueryDigest,
    now: Int64,
    field: String = "page_token"
  ) throws(ServiceError) -> [UInt8]? {
    if token.isEmpty { return nil }
    let header = 9 + QueryDigest.count
    guard let plain = unseal(token), plain.count >= header, plain[0] == Self.version else {
      throw .invalid(field, "is not a token of this list", reason: .invalidPageToken)
    }
    guard QueryDigest(bytes: Array(plain[9..<header])) == query else {
      throw .invalid(field, "was made for another filter or order", reason: .pageTokenMismatch)
    }
    let expiry = plain[1..<9].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard now < Int64(bitPattern: expiry) else {
      throw .invalid(field, "is too old; start again without one", reason: .pageTokenExpired)
    }
    return Array(plain[header...])
  }

  private func unseal(_ token: String) -> [UInt8]? {
    guard token.utf8.count <= Self.longest, let sealed = Base64URL.decode(token) else { return nil }
    guard let box = try? AES.GCM.SealedBox(combined: sealed), let plain = try? AES.GCM.open(box, using: key) else {
      return nil
    }
    return Array(plain)
  }
}
