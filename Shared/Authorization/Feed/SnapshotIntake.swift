import Crypto
import FoundationEssentials
import Policy
import Synchronization
package import VigilAccessAPI

/// Lets in what access control has signed, and nothing else.
package final class SnapshotIntake: Sendable {
  /// Why a message is left aside.
  package enum Refusal: String, Error, CaseIterable, Sendable {
    /// It is signed with a key that is not pinned.
    case unknownKey = "unknown_key"
    case badSignature = "bad_signature"
    /// It was signed, and cannot be read: access control is of another version.
    case malformed
    /// A newer one has come before.
    case outdated
  }

  private let keys: PinnedKeys
  private let authorizer: Authorizer
  /// The last text that was taken, after its first line.
  private let last = Mutex<ArraySlice<UInt8>>([])

  package init(keys: PinnedKeys, authorizer: Authorizer) {
    self.keys = keys
    self.authorizer = authorizer
  }

  /// Takes the snapshot of a message if its signature holds and it is newer than the last.
  ///
  /// A beat repeats the last snapshot but for its first line; it is not read again.
  package func take(_ message: PBWatchPolicyResponse) throws(Refusal) {
    guard let key = keys.key(message.keyID) else { throw .unknownKey }
    guard key.isValidSignature(message.signature, for: message.snapshot) else { throw .badSignature }
    let text = Array(message.snapshot)
    let end = text.firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
    let head = Substring(decoding: text[..<end], as: UTF8.self)
    guard let (sequence, issuedAt) = try? PolicySnapshot.head(head) else { throw .malformed }
    if text[end...] == last.withLock({ $0 }), authorizer.renew(sequence, issuedAt: issuedAt) { return }
    guard let snapshot = try? PolicySnapshot(text: String(decoding: text, as: UTF8.self)) else { throw .malformed }
    guard authorizer.take(snapshot) else { throw .outdated }
    last.withLock { $0 = text[end...] }
  }
}
