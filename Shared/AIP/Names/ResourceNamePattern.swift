/// The form of a resource's name (AIP-122): collections and ids in turn, `cases/{case}/victims/{victim}`.
package struct ResourceNamePattern: Sendable, Hashable {
  /// The pattern as documented.
  package let text: String
  private let collections: [String]

  /// `text` alternates fixed segments and `{…}`.
  package init(_ text: StaticString) {
    self.text = text.description
    collections = self.text.split(separator: "/").enumerated().compactMap { index, segment in
      index.isMultiple(of: 2) ? String(segment) : nil
    }
  }

  /// The ids in `name`, or nil when it is not of this form. An id is 1 to 63 characters of `a-z 0-9 - _ .`.
  package func ids(in name: String) -> [Substring]? {
    let segments = name.split(separator: "/", maxSplits: 2 * collections.count, omittingEmptySubsequences: false)
    guard segments.count == 2 * collections.count else { return nil }
    var ids: [Substring] = []
    for (index, collection) in collections.enumerated() {
      let id = segments[2 * index + 1]
      guard segments[2 * index] == collection, Self.isID(id) else { return nil }
      ids.append(id)
    }
    return ids
  }

  private static func isID(_ text: Substring) -> Bool {
    guard (1...63).contains(text.utf8.count) else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
      default: false
      }
    }
  }

  /// The name with these ids, one for each collection.
  package func name(_ ids: String...) -> String {
    zip(collections, ids).map { "\($0)/\($1)" }.joined(separator: "/")
  }
}
