import AIP
import GRPCCore

// What each refusal says on the wire.
extension Refusal {
  var code: RPCError.Code {
    switch self {
    case .noRoute, .unknownMethod: .unimplemented
    case .unknownService: .notFound
    case .noInstance, .instanceLost, .shuttingDown, .noTokenKeys: .unavailable
    case .badToken: .unauthenticated
    case .rateLimited, .tooManyCalls, .headersTooLarge, .messageTooLarge, .instanceOverloaded: .resourceExhausted
    case .deadlinePassed: .deadlineExceeded
    case .instanceCancelled: .cancelled
    case .badResponse: .internalError
    case .badMessage, .notGRPC: .invalidArgument
    }
  }

  var reason: ErrorReason {
    switch self {
    case .noRoute, .unknownService: .serviceUnknown
    case .unknownMethod: .methodUnknown
    case .noInstance: .noHealthyInstance
    case .instanceLost: .instanceLost
    case .instanceCancelled: .callCancelled
    case .badResponse: .internalFault
    case .rateLimited, .tooManyCalls, .instanceOverloaded: .rateLimited
    case .deadlinePassed: .deadlinePassed
    case .shuttingDown: .shuttingDown
    case .headersTooLarge, .messageTooLarge: .messageTooLarge
    case .badMessage, .notGRPC: .messageMalformed
    case .badToken: .credentialsRefused
    case .noTokenKeys: .policyUnavailable
    }
  }

  /// The HTTP status: 200 for all that speak gRPC (gRPC over HTTP/2, "Responses").
  var httpStatus: StaticString {
    switch self {
    case .notGRPC(.contentType): "415"
    case .notGRPC(.method): "405"
    default: "200"
    }
  }

  var metadata: [String: String] {
    if case .noInstance(let service) = self { ["service": service] } else { [:] }
  }

  /// For people; plain ASCII without `%`, so that it needs no encoding.
  var message: String {
    switch self {
    case .noRoute, .unknownService: "no service of that name is known here"
    case .unknownMethod: "the service has no such method"
    case .noInstance(let service): "no instance of \(service) is able to answer at present"
    case .instanceLost: "the connection to the service was lost; whether the call took effect is unknown"
    case .instanceCancelled: "the service cancelled the call"
    case .instanceOverloaded: "the service has too much to do"
    case .badResponse: "the service's answer is not a gRPC response"
    case .rateLimited: "too many requests; slow down"
    case .tooManyCalls: "too many calls at a time; end one before the next"
    case .deadlinePassed: "the deadline passed before the service answered"
    case .shuttingDown: "the gateway is being shut down"
    case .headersTooLarge: "the metadata is larger than the limit"
    case .messageTooLarge: "the message is larger than the limit"
    case .badToken: "the token is not valid"
    case .noTokenKeys: "tokens cannot be checked at present"
    case .badMessage: "the message does not decode"
    case .notGRPC(.contentType): "the content type must be application/grpc"
    case .notGRPC(.method): "the HTTP method must be POST"
    case .notGRPC(.timeout): "grpc-timeout is malformed"
    }
  }
}
