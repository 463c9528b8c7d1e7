import GRPCCore
import NIOCore

/// What the log and the metrics say of one call.
struct CallRecord {
  enum End: String {
    /// By a response of the service, or of the gateway for a service of its own.
    case answered
    /// The gateway answered in the service's place.
    case refused
    /// The client went away or reset the stream.
    case cancelled
  }

  let began: NIODeadline
  /// The number of the route; nil without one.
  var route: Int?
  var requestBytes = 0
  var responseBytes = 0
  /// Tries at instances.
  var tries = 0
  /// The instance that answered, or was tried last.
  var instance: Instance?
  /// The `grpc-status` that the client got; nil when it got none.
  private(set) var status: Int?
  private(set) var end = End.answered
  private(set) var refusal: Refusal?

  init(began: NIODeadline, route: Int? = nil) {
    self.began = began
    self.route = route
  }

  mutating func answer(status: Int?) {
    self.status = status
  }

  mutating func refuse(_ refusal: Refusal) {
    self.refusal = refusal
    end = .refused
    status = refusal.code.rawValue
  }

  mutating func cancel() {
    end = .cancelled
  }
}
