import AIP
import Authorization
import Crypto
import FoundationEssentials
import GRPCCore
import Policy
import Postgres
import Records
import Sealing

/// Signs what services decide by: Ed25519 (RFC 8032) over the UTF-8 of a snapshot's canonical text.
struct PolicySigner: Sendable {
  private let key: Curve25519.Signing.PrivateKey
  /// What verifiers pin.
  let publicKey: PolicyKey
  private let keyID: String

  /// Nil unless the seed is 32 bytes long.
  init?(seed: [UInt8]) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return nil }
    self.key = key
    publicKey = PolicyKey(key.publicKey)
    keyID = publicKey.id
  }

  /// With the key that all instances share.
  static func current(_ pool: PostgresPool, _ vault: Vault) async throws -> PolicySigner {
    let name = "policy_signing"
    guard let sealed = try await pool.execute(SelectServiceKey(name: name)).first,
      let signer = PolicySigner(seed: try vault.open(sealed, .serviceKey(name)))
    else { throw ServiceError(.internalError, .internalFault, "the key that signs policies is missing") }
    return signer
  }

  func sign(_ snapshot: PolicySnapshot) throws -> SignedSnapshot {
    try sign(snapshot, facts: Array(snapshot.canonicalFacts.utf8))
  }

  /// The same snapshot issued at another time.
  func sign(_ signed: SignedSnapshot, issuedAt time: PolicyTime) throws -> SignedSnapshot {
    var snapshot = signed.snapshot
    snapshot.issuedAt = time
    return try sign(snapshot, facts: signed.facts)
  }

  private func sign(_ snapshot: PolicySnapshot, facts: [UInt8]) throws -> SignedSnapshot {
    let text = Array(snapshot.canonicalHead.utf8) + facts
    return SignedSnapshot(
      snapshot: snapshot, facts: facts, text: text, signature: Array(try key.signature(for: text)), keyID: keyID)
  }
}

/// A snapshot as it is sent.
struct SignedSnapshot: Sendable {
  let snapshot: PolicySnapshot
  /// The text without its head.
  let facts: [UInt8]
  let text: [UInt8]
  let signature: [UInt8]
  let keyID: String
}
