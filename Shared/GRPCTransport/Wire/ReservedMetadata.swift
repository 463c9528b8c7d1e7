internal import HTTP2

/// Which fields belong to HTTP/2 and gRPC themselves and are not metadata.
enum ReservedMetadata {
  /// Whether a field of this name is none of the application's concern. `grpc-timeout` is among
  /// them: a deadline is the transport's to keep.
  static func isReserved(_ name: ArraySlice<UInt8>) -> Bool {
    switch name.first {
    case UInt8(ascii: ":"): return true
    case UInt8(ascii: "g"): return name.starts(withString: "grpc-") && Self.isReservedGRPC(name)
    case UInt8(ascii: "t"): return name.equals("te") || name.equals("transfer-encoding") || name.equals("trailer")
    case UInt8(ascii: "c"): return name.equals("content-type") || name.equals("connection")
    case UInt8(ascii: "h"): return name.equals("host") || name.equals("http2-settings")
    case UInt8(ascii: "k"): return name.equals("keep-alive")
    case UInt8(ascii: "p"): return name.equals("proxy-connection")
    case UInt8(ascii: "u"): return name.equals("upgrade")
    default: return false
    }
  }

  /// The fields that gRPC over HTTP/2 defines. Others that begin with `grpc-` (such as
  /// `grpc-previous-rpc-attempts`, `grpc-status-details-bin`, `grpc-trace-bin`) are passed on.
  private static func isReservedGRPC(_ name: ArraySlice<UInt8>) -> Bool {
    name.equals("grpc-timeout") || name.equals("grpc-encoding") || name.equals("grpc-accept-encoding")
      || name.equals("grpc-status") || name.equals("grpc-message") || name.equals("grpc-message-type")
  }
}
