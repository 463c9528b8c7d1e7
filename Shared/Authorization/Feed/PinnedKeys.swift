package import Crypto
import FoundationEssentials
import Synchronization

/// The keys whose signature a service takes, from a file that whoever runs it has put there: one a line, as
/// `vigil-access policy-key` prints them; what follows a `#` is a remark.
package final class PinnedKeys: Sendable {
  /// Why the file cannot be used; one line, for whoever runs the service.
  package struct FileError: Error, Hashable, CustomStringConvertible {
    package var description: String
  }

  private let path: String
  private let keys: Mutex<[String: PolicyKey]>

  /// - Throws: when the file cannot be read, holds something else, or nothing.
  package init(path: String) throws(FileError) {
    self.path = path
    keys = Mutex(try Self.read(path))
  }

  /// The key with the identifier. For one that is not known the file is read again: it may have been added.
  package func key(_ id: String) -> Curve25519.Signing.PublicKey? {
    if let known = keys.withLock({ $0[id] }) { return known.key }
    guard let read = try? Self.read(path), let found = read[id] else { return nil }
    keys.withLock { $0 = read }
    return found.key
  }

  private static func read(_ path: String) throws(FileError) -> [String: PolicyKey] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw FileError(description: "policy.keys: \(path) cannot be read")
    }
    var keys: [String: PolicyKey] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let word = line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
      guard !word.isEmpty else { continue }
      guard let key = PolicyKey(text: word) else {
        throw FileError(description: "policy.keys: \(path) holds a line that is not a key")
      }
      keys[key.id] = key
    }
    guard !keys.isEmpty else { throw FileError(description: "policy.keys: \(path) holds no key") }
    return keys
  }
}
