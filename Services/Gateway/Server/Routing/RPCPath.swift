/// The `:path` of a gRPC call, taken apart: `/package.Service/Method`.
///
/// Source: gRPC over HTTP/2, "Path". Holds indices into the bytes it was made from; nothing is copied.
struct RPCPath<Bytes: RandomAccessCollection<UInt8>> {
  /// The full name of the service, without slashes; never empty.
  let service: Bytes.SubSequence
  /// The name of the method; never empty.
  let method: Bytes.SubSequence

  /// Nil when the bytes are not exactly a slash, a name, a slash and a name.
  init?(_ bytes: Bytes) {
    guard bytes.first == UInt8(ascii: "/") else { return nil }
    let name = bytes.dropFirst()
    guard let slash = name.firstIndex(of: UInt8(ascii: "/")), slash != name.startIndex else { return nil }
    let rest = name[name.index(after: slash)...]
    guard !rest.isEmpty, !rest.contains(UInt8(ascii: "/")) else { return nil }
    self.service = name[..<slash]
    self.method = rest
  }
}
