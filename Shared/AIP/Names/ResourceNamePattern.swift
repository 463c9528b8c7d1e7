/// The form of a resource's name (AIP-122): collections and ids in turn, `cases/{case}/victims/{victim}`, and at the end
/// perhaps the one resource of its kind (AIP-156), `cases/{case}/lifecycle`.
package struct ResourceNamePattern: Sendable, Hashable {
  /// The pattern as documented.
  package let text: String
  /// The fixed segments, every other one.
  private let fixed: [String]
  private let count: Int

  /// `text` alternates fixed segments and `{…}`.
  package init(_ text: StaticString) {
    self.text = text.description
    let segments = self.text.split(separator: "/")
    count = segments.count
    fixed = segments.enumerated().compactMap { index, segment in index.isMultiple(of: 2) ? String(segment) : nil }
  }

  /// The ids in `name`, or nil when it is not of this form. An id is 1 to 63 characters of `a-z 0-9 - _ .`.
  package func ids(in name: String) -> [Substring]? {
    // Bytes: everything that may stand in a name is ASCII, and to find the characters of a text takes long.
    let segments = name.utf8.split(separator: UInt8(ascii: "/"), maxSplits: count, omittingEmptySubsequences: false)
    guard segments.count == count else { return nil }
    var ids: [Substring] = []
    ids.reserveCapacity(count / 2)
    for (index, segment) in segments.enumerated() {
      if index.isMultiple(of: 2) {
        guard segment.elementsEqual(fixed[index / 2].utf8) else { return nil }
      } else {
        guard Self.isID(segment) else { return nil }
        ids.append(Substring(segment))
      }
    }
    return ids
  }

  private static func isID(_ text: Substring.UTF8View) -> Bool {
    guard (1...63).contains(text.count) else { return false }
    return text.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
      default: false
      }
    }
  }

  /// The name with these ids, one for each collection.
  package func name(_ ids: String...) -> String {
    fixed.enumerated().map { index, segment in index < ids.count ? "\(segment)/\(ids[index])" : segment }
      .joined(separator: "/")
  }
}
