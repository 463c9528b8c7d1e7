import GRPCCore

extension CommandFailure {
  /// The failure behind an error of a command; nil for the argument parser's own, which it tells itself.
  init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as RPCError: self.init(error, connection: nil)
    case is CancellationError: self.init(status: .temporary, reason: "interrupted")
    default: return nil
    }
  }
}
