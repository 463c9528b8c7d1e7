package import GRPCCore

extension RPCError {
  /// A message is longer than this side takes or sends.
  package static func messageTooLarge(_ length: Int, limit: Int) -> RPCError {
    RPCError(code: .resourceExhausted, message: "A message of \(length) bytes exceeds the limit of \(limit) bytes.")
  }

  /// A message's bytes cannot be taken out of the stream.
  package init(_ failure: MessageDeframer.Failure) {
    switch failure {
    case .tooLarge(let length, let limit):
      self = .messageTooLarge(length, limit: limit)
    case .badFlag(let flag):
      self.init(code: .internalError, message: "A message's compressed flag is \(flag) instead of 0 or 1.")
    }
  }
}
