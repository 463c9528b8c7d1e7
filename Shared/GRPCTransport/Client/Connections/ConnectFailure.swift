package import GRPCCore

/// Why a connection could not be made, told so that a person can act on it.
package struct ConnectFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// How far it came.
  package enum Step: String, Sendable, Hashable {
    case resolve = "name resolution failed"
    case connect = "the connection failed"
    case tls = "TLS failed"
    case http2 = "HTTP/2 failed"
  }

  /// The address or name that was tried.
  package var address: String
  package var step: Step
  package var reason: String

  package init(address: String, step: Step, reason: String) {
    self.address = address
    self.step = step
    self.reason = reason
  }

  package var description: String { "\(address): \(step.rawValue): \(reason)" }

  /// What a call gets that could not be sent because of this.
  package var rpcError: RPCError {
    RPCError(code: .unavailable, message: "No connection to \(description).")
  }
}
