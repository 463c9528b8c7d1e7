import NIOCore
import Synchronization

/// Holds every client to its limits, over all event loops and both listeners.
final class ClientLimiter: Sendable {
  private let ledger: Mutex<ClientLedger>
  /// Lets the data path skip the lock where no request rate is set.
  private let countsRequests: Bool

  init(limits: ClientLimits) {
    self.ledger = Mutex(ClientLedger(limits: limits))
    self.countsRequests = limits.requestsPerSecond > 0
  }

  var connections: Int { ledger.withLock { $0.connections } }

  func connect(_ key: ClientKey, at now: NIODeadline = .now()) -> ClientLedger.Refusal? {
    ledger.withLock { $0.connect(key, at: now) }
  }

  func disconnect(_ key: ClientKey, at now: NIODeadline = .now()) {
    ledger.withLock { $0.disconnect(key, at: now) }
  }

  /// The count of a connected client's calls; look it up once for each connection.
  func calls(of key: ClientKey) -> CallsOfClient {
    ledger.withLock { $0.calls(of: key) }
  }

  func keepOut(_ key: ClientKey, at now: NIODeadline = .now()) {
    ledger.withLock { $0.keepOut(key, at: now) }
  }

  /// - Returns: nil when the request may go ahead, else how long the client is to wait.
  func request(_ key: ClientKey, at now: @autoclosure () -> NIODeadline = .now()) -> TimeAmount? {
    guard countsRequests else { return nil }
    let now = now()
    return ledger.withLock { $0.request(key, at: now) }
  }
}
