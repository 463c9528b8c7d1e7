internal import GRPCCore
internal import HTTP2

/// Builds the header section of a request (gRPC over HTTP/2, "Requests").
struct ClientRequestHead: Sendable {
  var scheme: String
  var authority: String
  var userAgent: String

  /// - Parameters:
  ///   - timeout: what is left for the call; what the caller put into the metadata goes before it.
  ///   - compression: how messages are compressed.
  func headers(
    for method: MethodDescriptor,
    metadata: Metadata,
    timeout: Duration?,
    compression: CompressionAlgorithm
  ) -> HeaderBlock {
    var block = HeaderBlock(reservingFields: 12, bytes: 512)
    block.append(":method", "POST")
    block.append(":scheme", scheme)
    block.append(":path", "/\(method.fullyQualifiedMethod)")
    block.append(":authority", authority)
    block.append("te", "trailers")
    block.append("content-type", "application/grpc")
    block.append("user-agent", userAgent)
    if let timeout = metadata.grpcTimeout ?? timeout.map(GRPCTimeout.format) { block.append("grpc-timeout", timeout) }
    if let name = compression.coding { block.append("grpc-encoding", name) }
    block.append("grpc-accept-encoding", "gzip,deflate,identity")
    block.append(metadata)
    return block
  }
}

extension Metadata {
  /// GRPCCore puts what is left until the call's deadline here.
  fileprivate var grpcTimeout: String? {
    self[stringValues: "grpc-timeout"].first { GRPCTimeout.parse($0) != nil }
  }
}

extension CompressionAlgorithm {
  /// The name on the wire; `nil` for none.
  var coding: String? {
    switch self {
    case .gzip: "gzip"
    case .deflate: "deflate"
    default: nil
    }
  }
}
