// Content: files that are kept encrypted, each with a key of its own, outside the database. It owns the form of what is
// stored, the taking in and giving out of it with constant memory, and the local store; who may do so, the keys and the
// names are each service's. May import AIP, Crypto and SwiftNIO's file system.

import Crypto
import FoundationEssentials

/// How content is stored.
///
/// The plain text is cut into chunks of 1 MiB; the last one is what is left, at least a byte. Each is sealed by AES-256-GCM
/// with the content's own key and stored as ciphertext and tag, 16 bytes longer, one after the other and nothing else. So
/// where a chunk lies follows from its number, and any of them can be read alone.
///
/// The nonce of a chunk is, in network order, the number of the attempt that wrote it (4 bytes), its own number (7 bytes)
/// and whether it is the last (1 byte): a chunk in another's place, a chunk of other content and a file that ends too early
/// do not open. Which attempt wrote a chunk is kept with the key, as the chunk from which each attempt went on: no nonce is
/// used twice, even when an attempt that was cut off is followed by one with other bytes, and what an earlier attempt wrote
/// does not open in place of what a later one did.
package struct ContentFormat: Sendable {
  /// Plain bytes of a chunk that is not the last.
  package static let chunkSize = 1 << 20
  static let tagSize = 16

  /// Plain bytes in all, at least 1.
  package let size: Int64
  /// The chunk from which each attempt went on, the earliest attempt first.
  package var attempts: [Int64]
  private let key: SymmetricKey

  /// - Parameter key: 32 bytes, used for this content only.
  package init(size: Int64, key: [UInt8], attempts: [Int64] = []) {
    self.size = size
    self.attempts = attempts
    self.key = SymmetricKey(data: key)
  }

  package var chunkCount: Int64 { (size + Int64(Self.chunkSize) - 1) / Int64(Self.chunkSize) }

  /// Bytes of it as it is stored.
  var storedSize: Int64 { size + chunkCount * Int64(Self.tagSize) }

  /// Plain bytes before a chunk.
  func start(of chunk: Int64) -> Int64 { chunk * Int64(Self.chunkSize) }

  /// Plain bytes of a chunk.
  func length(of chunk: Int64) -> Int { Int(min(Int64(Self.chunkSize), size - start(of: chunk))) }

  /// Where a chunk is stored.
  func place(of chunk: Int64) -> Int64 { chunk * Int64(Self.chunkSize + Self.tagSize) }

  /// How many whole chunks so many stored bytes hold.
  func wholeChunks(in stored: Int64) -> Int64 {
    stored >= storedSize ? chunkCount : stored / Int64(Self.chunkSize + Self.tagSize)
  }

  /// Plain bytes of the whole chunks that so many stored bytes hold.
  package func plainSize(of stored: Int64) -> Int64 { min(size, start(of: wholeChunks(in: stored))) }

  func seal(_ plain: Data, as chunk: Int64) throws(ContentFault) -> Data {
    guard let nonce = nonce(of: chunk), let box = try? AES.GCM.seal(plain, using: key, nonce: nonce),
      let combined = box.combined
    else { throw .failed("a chunk cannot be sealed") }
    return combined.dropFirst(12)
  }

  /// - Parameter nonced: 12 bytes of room for the nonce, then the chunk as it is stored.
  /// - Throws: ``ContentFault/damaged`` for anything but the chunk of that number.
  func open(_ nonced: inout Data, as chunk: Int64) throws(ContentFault) -> Data {
    guard let nonce = nonce(of: chunk), nonced.count == 12 + length(of: chunk) + Self.tagSize else { throw .damaged }
    nonced.replaceSubrange(nonced.startIndex..<nonced.startIndex + 12, with: Array(nonce))
    guard let box = try? AES.GCM.SealedBox(combined: nonced), let plain = try? AES.GCM.open(box, using: key) else {
      throw .damaged
    }
    return plain
  }

  /// Nil for a chunk that no attempt has written.
  private func nonce(of chunk: Int64) -> AES.GCM.Nonce? {
    guard let attempt = attempts.lastIndex(where: { $0 <= chunk }), let attempt = UInt32(exactly: attempt) else {
      return nil
    }
    let isLast: UInt64 = chunk == chunkCount - 1 ? 1 : 0
    let words = (attempt.bigEndian, (UInt64(chunk) << 8 | isLast).bigEndian)
    let bytes =
      (0..<4).map { UInt8(truncatingIfNeeded: words.0 >> ($0 * 8)) }
      + (0..<8).map { UInt8(truncatingIfNeeded: words.1 >> ($0 * 8)) }
    return try? AES.GCM.Nonce(data: bytes)
  }
}
