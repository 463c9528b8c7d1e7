internal import GRPCCore

/// A request's `:path` and the method that it names.
enum MethodPath {
  /// `/package.Service/Method`; `nil` for anything else.
  static func parse(_ path: ArraySlice<UInt8>) -> MethodDescriptor? {
    guard path.first == UInt8(ascii: "/"), let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    let service = path[(path.startIndex + 1)..<max(slash, path.startIndex + 1)]
    let method = path[(slash + 1)...]
    guard !service.isEmpty, !method.isEmpty, !service.contains(UInt8(ascii: "/")) else { return nil }
    return MethodDescriptor(
      fullyQualifiedService: String(decoding: service, as: UTF8.self),
      method: String(decoding: method, as: UTF8.self)
    )
  }
}

/// The methods that a connection has called, by path: parsing makes strings, finding does not.
///
/// Bounded, and searched in order: a connection calls few methods, and lengths mostly differ.
struct MethodCache {
  static let capacity = 32
  private var entries: [(path: ArraySlice<UInt8>, method: MethodDescriptor)] = []

  mutating func method(at path: ArraySlice<UInt8>) -> MethodDescriptor? {
    for entry in self.entries where entry.path.count == path.count && entry.path == path {
      return entry.method
    }
    guard let method = MethodPath.parse(path) else { return nil }
    if self.entries.count < Self.capacity {
      // A copy, lest the cache keep the whole header block.
      self.entries.append((Array(path)[...], method))
    }
    return method
  }
}
