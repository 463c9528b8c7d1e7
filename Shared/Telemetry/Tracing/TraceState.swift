/// The value of `tracestate`: at most 32 `key=value` members of the tracing systems that a call passed
/// (W3C Trace Context, section 3.3).
package struct TraceState: Hashable, Sendable {
  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: String
  }

  package private(set) var members: [Member] = []

  package init() {}

  /// Reads the header's values, in order. Nil when any of it is malformed, when a key comes twice, or
  /// when there are too many: the whole state is then to be dropped, and the parent kept.
  package init?(headers: some Sequence<String>) {
    var keys: Set<Substring> = []
    for header in headers {
      for piece in header.split(separator: ",") {
        let text = piece.trimmingTabsAndSpaces
        if text.isEmpty { continue }
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let key = text[..<equals]
        let value = text[text.index(after: equals)...]
        guard Self.isKey(key), Self.isValue(value), keys.insert(key).inserted else { return nil }
        members.append(Member(key: String(key), value: String(value)))
      }
    }
    guard members.count <= 32 else { return nil }
  }

  /// The header's value; nil when there is nothing to say.
  package var header: String? {
    members.isEmpty ? nil : members.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
  }

  private static func isKey(_ key: Substring) -> Bool {
    guard (1...256).contains(key.utf8.count), let first = key.utf8.first else { return false }
    guard isLowerOrDigit(first) else { return false }
    return key.utf8.allSatisfy { isLowerOrDigit($0) || "_-*/@".utf8.contains($0) }
  }

  private static func isValue(_ value: Substring) -> Bool {
    guard (1...256).contains(value.utf8.count), value.utf8.last != UInt8(ascii: " ") else { return false }
    return value.utf8.allSatisfy {
      (0x20...0x7e).contains($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "=")
    }
  }

  private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension Substring {
  fileprivate var trimmingTabsAndSpaces: Substring {
    var text = self
    while let first = text.utf8.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
    while let last = text.utf8.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
    return text
  }
}
