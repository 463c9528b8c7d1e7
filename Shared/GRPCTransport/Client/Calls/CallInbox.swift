internal import GRPCCore
internal import NIOCore

/// What has arrived for one call and has not been read, and how the call ended.
struct CallInbox {
  /// What the reader gets next.
  enum Next {
    case part(ResponseReader.Part)
    /// Nothing yet.
    case wait
    case end
    case failure(RPCError)
  }

  private var parts = CircularBuffer<ResponseReader.Part>(initialCapacity: 4)
  private var outcome: Result<Void, RPCError>?
  /// Flow-controlled bytes of the messages that wait.
  private(set) var byteCount = 0

  var isEnded: Bool { outcome != nil }

  mutating func append(_ part: ResponseReader.Part) {
    guard !isEnded else { return }
    if case .message(let message, _) = part { byteCount += message.framedLength }
    parts.append(part)
    if case .status = part { outcome = .success(()) }
  }

  /// The call is over once what has arrived is read.
  mutating func fail(_ error: RPCError) {
    if outcome == nil { outcome = .failure(error) }
  }

  /// The call is over now; what has arrived is dropped.
  mutating func abort(_ error: RPCError) {
    parts.removeAll()
    byteCount = 0
    outcome = .failure(error)
  }

  mutating func next() -> Next {
    if let part = parts.popFirst() {
      if case .message(let message, _) = part { byteCount -= message.framedLength }
      return .part(part)
    }
    return switch outcome {
    case nil: .wait
    case .success: .end
    case .failure(let error): .failure(error)
    }
  }
}
