import HTTP2

/// Why the gateway itself ends a call, and what the client is told: a gRPC status with a reason for programs.
enum Refusal: Error, Hashable, Sendable {
  /// Nothing serves the path.
  case noRoute
  /// The service is known and has no instance to give the call to. The text is the route's prefix.
  case noInstance(service: String)
  /// The instance was lost and the call may or may not have taken effect.
  case instanceLost
  /// The instance cancelled the call.
  case instanceCancelled
  /// The instance asked for less.
  case instanceOverloaded
  /// The instance answered with something that is not gRPC.
  case badResponse
  case rateLimited
  /// The client has as many calls open as it may.
  case tooManyCalls
  case deadlinePassed
  /// The gateway is being shut down.
  case shuttingDown
  /// The list of header fields is larger than the limit.
  case headersTooLarge
  /// An answer of the gateway's own: the request does not decode.
  case badMessage
  /// An answer of the gateway's own: the request is larger than it needs to be.
  case messageTooLarge
  /// Health was asked of a service that is not known; NOT_FOUND by the definition of that service.
  case unknownService
  /// The method does not exist in a service that the gateway itself answers.
  case unknownMethod
  /// The call has a token that is not good.
  case badToken
  /// The call has a token, and nothing to check it by has come, or not for too long.
  case noTokenKeys
  /// The head is not that of a gRPC call.
  case notGRPC(RequestHead.Problem)

  /// What a client is told of a try that failed and cannot be made again.
  init(_ failure: UpstreamFailure, service: String) {
    switch failure {
    case .notConnected, .notProcessed: self = .noInstance(service: service)
    case .connectionLost: self = .instanceLost
    case .reset(.cancel): self = .instanceCancelled
    case .reset(.enhanceYourCalm): self = .instanceOverloaded
    case .reset, .badResponse: self = .badResponse
    }
  }
}
