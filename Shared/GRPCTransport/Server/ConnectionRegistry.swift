internal import NIOCore
internal import Synchronization

/// The connections of a server, and whether it is still one.
final class ConnectionRegistry: Sendable {
  typealias Entry = NIOLoopBound<ServerConnection>

  private enum Phase {
    case running
    case draining
    case stopped
  }

  private struct State {
    var phase = Phase.running
    /// Accepted, including those whose handshake is under way.
    var accepted = 0
    var open: [UInt64: Entry] = [:]
    var nextID: UInt64 = 1
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// Admits a connection that was accepted; `false` if there are too many or the server is stopping.
  func admit(limit: Int) -> Bool {
    self.state.withLock { state in
      guard case .running = state.phase, state.accepted < limit else { return false }
      state.accepted += 1
      return true
    }
  }

  func makeID() -> UInt64 {
    self.state.withLock { state in
      defer { state.nextID += 1 }
      return state.nextID
    }
  }

  /// - Returns: Whether the connection may live: `false` once the server has begun to stop.
  func add(_ id: UInt64, _ entry: Entry) -> Bool {
    self.state.withLock { state in
      state.open[id] = entry
      if case .running = state.phase { return true }
      return false
    }
  }

  /// An admitted connection's channel has closed.
  func release() {
    let waiter = self.state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.accepted -= 1
      return Self.takeWaiter(&state)
    }
    waiter?.resume()
  }

  /// A connection and all its RPCs have ended.
  func ended(_ id: UInt64) {
    let waiter = self.state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.open[id] = nil
      return Self.takeWaiter(&state)
    }
    waiter?.resume()
  }

  /// No connection is admitted from now on. Returns those to be drained.
  func beginDraining() -> [Entry] {
    self.state.withLock { state in
      if case .running = state.phase { state.phase = .draining }
      return Array(state.open.values)
    }
  }

  func beginStopping() -> [Entry] {
    self.state.withLock { state in
      state.phase = .stopped
      return Array(state.open.values)
    }
  }

  /// Returns once no connection and none of their RPCs is left.
  func waitUntilEmpty() async {
    await withCheckedContinuation { continuation in
      let isEmpty = self.state.withLock { state in
        guard state.accepted > 0 || !state.open.isEmpty else { return true }
        state.waiter = continuation
        return false
      }
      if isEmpty { continuation.resume() }
    }
  }

  private static func takeWaiter(_ state: inout State) -> CheckedContinuation<Void, Never>? {
    guard state.accepted == 0, state.open.isEmpty else { return nil }
    return state.waiter.take()
  }
}
