package import HTTP2
internal import Synchronization

/// What a server has seen, for metrics. Cheap enough to be always on; read it when scraped.
package final class HTTP2ServerCounters: Sendable {
  /// The counters at one moment. All only grow, except the two that count what is open.
  package struct Snapshot: Hashable, Sendable {
    package var connectionsAccepted = 0
    package var connectionsOpen = 0
    /// Closed at once because of the limit on connections.
    package var connectionsRefused = 0
    package var handshakesFailed = 0
    /// Connections that ended with an error of any kind.
    package var connectionsFailed = 0
    package var rpcsStarted = 0
    package var rpcsOpen = 0
    /// Requests answered without reaching a handler because they were not gRPC as it should be.
    package var requestsRejected = 0
    /// RPCs that the client reset or whose connection was lost.
    package var rpcsCancelled = 0
    package var deadlinesExceeded = 0
    /// Messages that came compressed and were read.
    package var messagesDecompressed = 0
    /// Connections ended for each kind of abuse.
    package var abuses: [HTTP2Abuse: Int] = [:]
  }

  enum Counter {
    case accepted, open, refused, handshakesFailed, failed
    case rpcsStarted, rpcsOpen, rejected, cancelled, deadlines, decompressed
  }

  private let accepted = Atomic(0)
  private let open = Atomic(0)
  private let refused = Atomic(0)
  private let handshakesFailed = Atomic(0)
  private let failed = Atomic(0)
  private let rpcsStarted = Atomic(0)
  private let rpcsOpen = Atomic(0)
  private let rejected = Atomic(0)
  private let cancelled = Atomic(0)
  private let deadlines = Atomic(0)
  private let decompressed = Atomic(0)
  private let abuses = Mutex<[HTTP2Abuse: Int]>([:])

  package init() {}

  func add(_ amount: Int = 1, to counter: Counter) {
    switch counter {
    case .accepted: self.accepted.add(amount, ordering: .relaxed)
    case .open: self.open.add(amount, ordering: .relaxed)
    case .refused: self.refused.add(amount, ordering: .relaxed)
    case .handshakesFailed: self.handshakesFailed.add(amount, ordering: .relaxed)
    case .failed: self.failed.add(amount, ordering: .relaxed)
    case .rpcsStarted: self.rpcsStarted.add(amount, ordering: .relaxed)
    case .rpcsOpen: self.rpcsOpen.add(amount, ordering: .relaxed)
    case .rejected: self.rejected.add(amount, ordering: .relaxed)
    case .cancelled: self.cancelled.add(amount, ordering: .relaxed)
    case .deadlines: self.deadlines.add(amount, ordering: .relaxed)
    case .decompressed: self.decompressed.add(amount, ordering: .relaxed)
    }
  }

  func connectionFailed(_ error: HTTP2Error) {
    self.add(to: .failed)
    if case .abuse(let abuse) = error { self.abuses.withLock { $0[abuse, default: 0] += 1 } }
  }

  package func snapshot() -> Snapshot {
    Snapshot(
      connectionsAccepted: self.accepted.load(ordering: .relaxed),
      connectionsOpen: self.open.load(ordering: .relaxed),
      connectionsRefused: self.refused.load(ordering: .relaxed),
      handshakesFailed: self.handshakesFailed.load(ordering: .relaxed),
      connectionsFailed: self.failed.load(ordering: .relaxed),
      rpcsStarted: self.rpcsStarted.load(ordering: .relaxed),
      rpcsOpen: self.rpcsOpen.load(ordering: .relaxed),
      requestsRejected: self.rejected.load(ordering: .relaxed),
      rpcsCancelled: self.cancelled.load(ordering: .relaxed),
      deadlinesExceeded: self.deadlines.load(ordering: .relaxed),
      messagesDecompressed: self.decompressed.load(ordering: .relaxed),
      abuses: self.abuses.withLock { $0 }
    )
  }
}
