import Synchronization

/// Who listens to which channel. All channels share one connection of their own, which exists while anyone listens.
final class ListenerHub: Sendable {
  typealias Events = AsyncStream<PostgresNotifications.Event>

  /// What the task that holds the connection has to know.
  enum Change: Sendable {
    /// Channels came or went.
    case channels
    case connectionLost
  }

  private struct State {
    var subscribers: [String: [UInt64: Events.Continuation]] = [:]
    var nextID: UInt64 = 1
    var isFinished = false
  }

  private let state = Mutex(State())
  let changes: AsyncStream<Change>
  private let changed: AsyncStream<Change>.Continuation

  init() {
    (changes, changed) = AsyncStream.makeStream()
  }

  /// The channels that somebody listens to.
  var channels: Set<String> { state.withLock { Set($0.subscribers.keys) } }

  func subscribe(to channel: String) -> PostgresNotifications {
    let (stream, continuation) = Events.makeStream(bufferingPolicy: .bufferingOldest(PostgresNotifications.capacity))
    let id = state.withLock { state -> UInt64? in
      guard !state.isFinished else { return nil }
      defer { state.nextID += 1 }
      state.subscribers[channel, default: [:]][state.nextID] = continuation
      return state.nextID
    }
    guard let id else {
      continuation.finish()
      return PostgresNotifications(stream)
    }
    continuation.onTermination = { [weak self] _ in self?.unsubscribe(id, from: channel) }
    changed.yield(.channels)
    return PostgresNotifications(stream)
  }

  private func unsubscribe(_ id: UInt64, from channel: String) {
    state.withLock { state in
      state.subscribers[channel]?[id] = nil
      if state.subscribers[channel]?.isEmpty == true { state.subscribers[channel] = nil }
    }
    changed.yield(.channels)
  }

  func deliver(_ event: PostgresNotifications.Event, to channel: String) {
    let subscribers = state.withLock { state in state.subscribers[channel].map { Array($0.values) } ?? [] }
    for subscriber in subscribers { subscriber.yield(event) }
  }

  func connectionLost() { changed.yield(.connectionLost) }

  /// Ends every subscription.
  func finish() {
    let subscribers = state.withLock { state in
      state.isFinished = true
      defer { state.subscribers = [:] }
      return state.subscribers.values.flatMap { Array($0.values) }
    }
    for subscriber in subscribers { subscriber.finish() }
  }
}
