// Sealing: secrets that lie in a service's schema, sealed under keys that do not. It owns the form of what is sealed and
// the file of the keys; which secrets there are, and when they are sealed anew, is each service's. May import AIP, Crypto
// and ServiceRuntime.

package import AIP
import Crypto
import FoundationEssentials
import GRPCCore

/// Seals the secrets that lie in the schema, such as keys that sign, second factors and keys of evidence, under keys that do
/// not: a copy of the database gives none of them away. AES-256-GCM.
package struct Vault: Sendable {
  /// Which secret it is. A sealed one opens in its own place only, so that none can be put in another's.
  package struct Place: Hashable, Sendable {
    let text: String

    /// - Parameters:
    ///   - table: where it lies.
    ///   - key: which it is there.
    package init(_ table: String, _ key: String) { text = "\(table)/\(key)" }
  }

  private struct Key: Sendable {
    /// The first 8 bytes of the SHA-256 of the key.
    let id: [UInt8]
    let key: SymmetricKey

    init(_ bytes: [UInt8]) {
      id = Array(SHA256.hash(data: bytes).prefix(8))
      key = SymmetricKey(data: bytes)
    }
  }

  private static let version: UInt8 = 1
  /// How much longer a sealed secret is: version, id of the key, nonce, tag.
  package static let overhead = 1 + 8 + 12 + 16

  private let sealing: Key
  private let older: [Key]

  /// - Parameters:
  ///   - key: seals, and opens: 32 bytes.
  ///   - older: those that open what was sealed before.
  package init(_ key: [UInt8], older: [[UInt8]] = []) {
    sealing = Key(key)
    self.older = older.map(Key.init)
  }

  /// A key that nobody else has.
  package static func newKey() -> [UInt8] { (0..<32).map { _ in UInt8.random(in: .min ... .max) } }

  /// What a sealed secret begins with that need not be sealed anew.
  package var mark: [UInt8] { [Self.version] + sealing.id }

  package func seal(_ secret: [UInt8], _ place: Place) throws(ServiceError) -> [UInt8] {
    do {
      let box = try AES.GCM.seal(secret, using: sealing.key, authenticating: Array(place.text.utf8))
      return mark + Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    } catch {
      throw .sealFault
    }
  }

  /// - Throws: INTERNAL for what was not sealed with one of the keys, or for another place.
  package func open(_ sealed: [UInt8], _ place: Place) throws(ServiceError) -> [UInt8] {
    guard sealed.count > Self.overhead, sealed[0] == Self.version,
      let key = ([sealing] + older).first(where: { $0.id.elementsEqual(sealed[1..<9]) }),
      let box = try? AES.GCM.SealedBox(combined: Array(sealed[9...])),
      let secret = try? AES.GCM.open(box, using: key.key, authenticating: Array(place.text.utf8))
    else { throw .sealFault }
    return Array(secret)
  }
}

extension ServiceError {
  /// INTERNAL: a secret of the service's own cannot be had.
  fileprivate static let sealFault = ServiceError(
    .internalError, .internalFault, "a secret is not sealed with one of the keys in sealing.keys")
}
