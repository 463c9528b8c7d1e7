/// What is wrong with what the log gave out, so that a reader must not believe it.
package enum AuditFault: Error, Hashable, Sendable {
  /// The parts do not come as they must: the head first, and once.
  case malformed
  /// The head is signed with a key that was not pinned.
  case unknownKey(String)
  /// The head's signature is not that of its key.
  case signature
  /// The head that the reader trusts is not one, or of another log.
  case knownHead
  /// The log is shorter than it was.
  case shorter
  /// There is no proof that the log has only grown since the head that the reader trusts.
  case noConsistency
  /// The log is not what it was: something was changed, removed, or shown to some and not to others.
  case rewritten
  /// The bytes of the entry are not those of an entry.
  case unreadable(index: Int64)
  /// The entry does not say what its bytes say.
  case disguised(index: Int64)
  /// The entry is not in the tree at its place.
  case notIncluded(index: Int64)
  /// The entry is not after the one before.
  case disordered(index: Int64)
  /// Entries are missing before this one, or after the last.
  case missing(before: Int64)
}

extension AuditFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed: "the bundle is not one: it must begin with a tree head, and hold nothing else than its kind"
    case .unknownKey(let id): "the tree head is signed with the key \(id), which is not one of those pinned"
    case .signature: "the signature of the tree head is false"
    case .knownHead: "the head that is trusted is not signed with a key that was pinned"
    case .shorter: "the log is shorter than the head that is trusted"
    case .noConsistency: "there is no proof that the log has only grown since the head that is trusted"
    case .rewritten: "the log is not what it was when the head that is trusted was signed: it was rewritten or forked"
    case .unreadable(let index): "entry \(index) cannot be read"
    case .disguised(let index): "entry \(index) is not what its bytes say"
    case .notIncluded(let index): "entry \(index) is not in the log at its place"
    case .disordered(let index): "entry \(index) is out of order"
    case .missing(let index): "entries are missing before \(index)"
    }
  }
}
