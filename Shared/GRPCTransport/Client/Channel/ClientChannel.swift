internal import GRPCCore
internal import HTTP2
internal import Logging
internal import NIOCore
internal import Synchronization

/// Connects the decisions of ``ChannelState`` with sockets, timers and waiting calls.
///
/// Decisions are made under one lock, which is held for no longer; what they ask for is done after.
final class ClientChannel: Sendable {
  typealias PickResult = Result<ConnectionHandle, RPCError>

  struct Shared {
    var state: ChannelState
    /// Sockets of attempts that have not ended.
    var attempts: [ConnectionID: (any Channel)?] = [:]
    var connections: [ConnectionID: ConnectionHandle] = [:]
    var waiting: [WaiterID: @Sendable (PickResult) -> Void] = [:]
    var lastWaiter = 0
    var finished: CheckedContinuation<Void, Never>?
  }

  let shared: Mutex<Shared>
  let connector: ClientConnector
  private let timers: any EventLoop
  let logger: Logger
  /// Says that the target should be looked up again.
  let resolveRequests: AsyncStream<Void>
  private let resolveRequest: AsyncStream<Void>.Continuation

  init(state: ChannelState, connector: ClientConnector, logger: Logger) {
    self.shared = Mutex(Shared(state: state))
    self.connector = connector
    self.timers = connector.group.next()
    self.logger = logger
    (resolveRequests, resolveRequest) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Changes the state, then does what that asks for.
  func update<Value>(_ body: (inout Shared) -> Value) -> Value {
    let (value, effects) = shared.withLock { shared in
      let value = body(&shared)
      return (value, shared.state.takeEffects())
    }
    for effect in effects { perform(effect) }
    return value
  }

  private func perform(_ effect: ChannelEffect) {
    switch effect {
    case .connect(let id, let address):
      shared.withLock { $0.attempts[id] = .some(nil) }
      logger.debug("connecting", metadata: ["address": "\(address)"])
      connector.connect(to: address, as: id, for: self)
      timers.scheduleTask(in: TimeAmount(connector.attemptDelay)) { [weak self] in
        self?.update { $0.state.attemptIsSlow(id) }
      }
    case .abandon(let id):
      shared.withLock { $0.attempts.removeValue(forKey: id) ?? nil }?.close(promise: nil)
    case .drain(let id): shared.withLock { $0.connections[id] }?.drain()
    case .close(let id): shared.withLock { $0.connections[id] }?.close()
    case .wait(let id, let delay):
      timers.scheduleTask(in: TimeAmount(delay)) { [weak self] in
        self?.update { $0.state.waited(id) }
      }
    case .resolve: resolveRequest.yield()
    case .assign(let waiter, let id): assign(waiter, id)
    case .reject(let waiter, let error):
      shared.withLock { $0.waiting.removeValue(forKey: waiter) }?(.failure(error))
    case .finish: finish()
    }
  }

  private func assign(_ waiter: WaiterID, _ id: ConnectionID) {
    let (completion, connection) = shared.withLock { ($0.waiting.removeValue(forKey: waiter), $0.connections[id]) }
    guard let completion else { return update { $0.state.release(id) } }
    // It may have been lost since the decision; the call then finds out and looks again.
    completion(connection.map { .success($0) } ?? .failure(Self.lostError))
  }

  private static let lostError = RPCError(code: .unavailable, message: "The connection was lost.")

  // MARK: Life

  /// - Returns: `false` if it was started before or has ended.
  func start() -> Bool { update { $0.state.start() } }

  func beginShutdown() { update { $0.state.beginShutdown() } }

  var isFinished: Bool { shared.withLock { $0.state.phase == .finished } }

  func abort() { update { $0.state.abort() } }

  private func finish() {
    resolveRequest.finish()
    shared.withLock { $0.finished.take() }?.resume()
  }

  /// Waits until everything has ended, also when the task is cancelled.
  func waitUntilFinished() async {
    await withCheckedContinuation { continuation in
      let isFinished = shared.withLock { shared in
        if shared.state.phase == .finished { return true }
        shared.finished = continuation
        return false
      }
      if isFinished { continuation.resume() }
    }
  }

  // MARK: Addresses

  func resolved(_ addresses: [ResolvedAddress]) { update { $0.state.resolved(addresses) } }

  func resolutionFailed(_ failure: ConnectFailure) {
    logger.warning("cannot find the target's addresses", metadata: ["error": "\(failure)"])
    update { $0.state.resolutionFailed(failure) }
  }
}
