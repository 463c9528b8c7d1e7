import GRPCCore
import GRPCProtobuf

extension CommandFailure {
  /// What an RPC's error means to the caller.
  ///
  /// - Parameter connection: The settings in use, named where they may be at fault.
  init(_ error: RPCError, connection: ConnectionSettings?) {
    let status = (try? error.unpackGoogleRPCStatus()) ?? nil
    self.init(
      status: CommandExit(error.code),
      reason: Self.reason(error, connection),
      details: status.map(Self.details) ?? [],
      advice: Self.advice(error.code, status, connection)
    )
  }

  private static func reason(_ error: RPCError, _ connection: ConnectionSettings?) -> String {
    let message = error.message.isEmpty ? "\(error.code)" : error.message
    guard error.code == .unavailable, let connection else { return message }
    return "no answer from \(connection.address): \(message)"
  }

  private static func details(_ status: GoogleRPCStatus) -> [String] {
    var lines: [String] = []
    for detail in status.details {
      lines += (detail.badRequest?.violations ?? []).map { "\($0.field): \($0.violationDescription)" }
      lines += (detail.preconditionFailure?.violations ?? []).map { "\($0.subject): \($0.violationDescription)" }
      if let info = detail.errorInfo {
        let facts = info.metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
        lines.append("reason: \(info.reason)\(facts.joined())")
      }
    }
    return lines
  }

  private static func advice(
    _ code: RPCError.Code, _ status: GoogleRPCStatus?, _ connection: ConnectionSettings?
  ) -> String {
    if let delay = status?.details.lazy.compactMap({ $0.retryInfo?.delay }).first {
      return "Try again in \(delay)."
    }
    return switch code {
    case .unavailable: connection.map { "\($0.summary). Is the system up (deploy/status)?" } ?? ""
    case .unauthenticated:
      connection.map { "\($0.summary). Is that certificate one of this system? Or sign in: vigil login" } ?? ""
    case .deadlineExceeded: "Give it longer with --timeout."
    default: ""
    }
  }
}

extension CommandExit {
  /// The status that an RPC's error ends the command with.
  init(_ code: RPCError.Code) {
    self =
      switch code {
      case .invalidArgument, .outOfRange: .usage
      case .notFound: .notFound
      case .unavailable: .unavailable
      case .deadlineExceeded, .resourceExhausted, .aborted, .cancelled: .temporary
      case .permissionDenied, .unauthenticated: .noPermission
      case .dataLoss, .failedPrecondition: .badData
      default: .software
      }
  }
}
