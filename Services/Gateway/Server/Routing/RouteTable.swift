/// Which route a call belongs to: the longest configured prefix of its service's full name.
///
/// A prefix matches whole name components only: `vigil.cases` matches `vigil.cases.v1.CaseService` and not
/// `vigil.casesarchive.v1.X`. Tables are small (a prefix per service), so a lookup compares bytes in order of
/// falling length; it allocates nothing.
struct RouteTable: Sendable, Equatable {
  private struct Entry: Sendable, Equatable {
    let prefix: [UInt8]
    let route: Int
  }

  private let entries: [Entry]

  /// - Parameter prefixes: one prefix per route, in the order of the route numbers that ``route(for:)`` gives.
  /// - Throws: ``RouteError`` when a prefix is empty, badly formed or given twice.
  init(prefixes: [String]) throws(RouteError) {
    var entries: [Entry] = []
    for (route, prefix) in prefixes.enumerated() {
      guard Self.isName(prefix) else { throw .badPrefix(prefix) }
      let bytes = Array(prefix.utf8)
      guard !entries.contains(where: { $0.prefix == bytes }) else { throw .duplicatePrefix(prefix) }
      entries.append(Entry(prefix: bytes, route: route))
    }
    self.entries = entries.sorted { $0.prefix.count > $1.prefix.count }
  }

  /// The number of the route that serves `service` (a full name such as `vigil.cases.v1.CaseService`).
  func route(for service: some RandomAccessCollection<UInt8>) -> Int? {
    entries.first { Self.matches($0.prefix, service) }?.route
  }

  private static func matches(_ prefix: [UInt8], _ service: some RandomAccessCollection<UInt8>) -> Bool {
    guard service.count >= prefix.count, service.starts(with: prefix) else { return false }
    return service.count == prefix.count || service.dropFirst(prefix.count).first == UInt8(ascii: ".")
  }

  private static func isName(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy(isNameByte) && !(0x30...0x39).contains(part.first ?? 0x30)
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
