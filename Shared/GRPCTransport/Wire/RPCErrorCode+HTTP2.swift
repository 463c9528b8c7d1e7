package import GRPCCore
package import HTTP2

extension RPCError.Code {
  /// What a response that is not gRPC's means, by its HTTP status
  /// (grpc.io, "http-grpc-status-mapping").
  package init(httpStatus: Int) {
    self =
      switch httpStatus {
      case 400: .internalError
      case 401: .unauthenticated
      case 403: .permissionDenied
      case 404: .unimplemented
      case 429, 502, 503, 504: .unavailable
      default: .unknown
      }
  }

  /// What a stream reset by the peer means (gRPC over HTTP/2, "HTTP2 Transport Mapping").
  package init(resetWith code: HTTP2ErrorCode) {
    self =
      switch code {
      case .refusedStream: .unavailable
      case .cancel: .cancelled
      case .enhanceYourCalm: .resourceExhausted
      case .inadequateSecurity: .permissionDenied
      default: .internalError
      }
  }
}
