/// The content types of gRPC over HTTP/2: `application/grpc`, optionally with `+` or `;` and more.
package enum GRPCContentType {
  package static func isGRPC(_ value: ArraySlice<UInt8>) -> Bool {
    let name: StaticString = "application/grpc"
    guard value.count >= name.utf8CodeUnitCount else { return false }
    let head = value.prefix(name.utf8CodeUnitCount).map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    guard head == Array("application/grpc".utf8) else { return false }
    let rest = value.dropFirst(name.utf8CodeUnitCount)
    guard let next = rest.first else { return true }
    return next == UInt8(ascii: "+") || next == UInt8(ascii: ";")
  }
}
