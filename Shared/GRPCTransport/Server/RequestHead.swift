internal import GRPCCore
internal import HTTP2

/// What a request's header section says, checked against gRPC over HTTP/2.
struct RequestHead {
  enum Rejection: Error, Equatable {
    /// Not a gRPC request: answered in HTTP's terms, without content.
    case http(status: Int)
    /// A gRPC request that cannot be served.
    case grpc(Status)
  }

  var path: ArraySlice<UInt8>
  var timeout: Duration?
  /// Of messages whose compressed flag is set.
  var encoding = MessageEncoding.identity
  var acceptsGzip = false

  init(_ block: HeaderBlock) throws(Rejection) {
    var isPost = false
    var isGRPC = false
    var takesTrailers = false
    self.path = []
    for index in block.indices {
      let name = block.nameBytes(at: index)
      let value = block.valueBytes(at: index)
      switch name.count {
      case 2 where name.equals("te"): takesTrailers = Self.list(value, contains: "trailers")
      case 5 where name.equals(":path"): self.path = value
      case 7 where name.equals(":method"): isPost = value.equals("POST")
      case 12 where name.equals("content-type"): isGRPC = GRPCContentType.isGRPC(value)
      case 12 where name.equals("grpc-timeout"): self.timeout = try Self.timeout(value)
      case 13 where name.equals("grpc-encoding"): self.encoding = try Self.encoding(value)
      case 20 where name.equals("grpc-accept-encoding"): self.acceptsGzip = Self.list(value, contains: "gzip")
      default: break
      }
    }
    guard isPost else { throw .http(status: 405) }
    guard isGRPC else { throw .http(status: 415) }
    guard takesTrailers else {
      throw .grpc(Status(code: .invalidArgument, message: "The header 'te: trailers' is missing."))
    }
  }

  private static func timeout(_ value: ArraySlice<UInt8>) throws(Rejection) -> Duration {
    guard let timeout = GRPCTimeout.parse(value) else {
      throw .grpc(Status(code: .invalidArgument, message: "The header 'grpc-timeout' is malformed."))
    }
    return timeout
  }

  private static func encoding(_ value: ArraySlice<UInt8>) throws(Rejection) -> MessageEncoding {
    guard let encoding = MessageEncoding(name: value) else {
      throw .grpc(Status(code: .unimplemented, message: "The message encoding is not supported."))
    }
    return encoding
  }

  /// Whether a comma-separated list has this member.
  private static func list(_ value: ArraySlice<UInt8>, contains member: StaticString) -> Bool {
    if value.equals(member) { return true }
    return value.split(separator: UInt8(ascii: ",")).contains { part in
      part.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ";") }
        .equals(member)
    }
  }
}
