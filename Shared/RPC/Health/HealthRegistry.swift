import Synchronization

/// The status of each gRPC service of a process, and who waits for it to change.
package final class HealthRegistry: Sendable {
  package enum Status: Hashable, Sendable {
    case serving
    case notServing
  }

  /// The name that stands for the whole server.
  package static let server = ""

  private struct State {
    var statuses: [String: Status]
    var watchers: [UInt64: (service: String, continuation: AsyncStream<Status?>.Continuation)] = [:]
    var nextWatcher: UInt64 = 0
    var hasShutDown = false
  }

  private let state: Mutex<State>

  /// - Parameter services: Full names; none is serving until ``setServing(_:)`` says so.
  package init(services: some Sequence<String>) {
    var statuses: [String: Status] = [Self.server: .notServing]
    for service in services { statuses[service] = .notServing }
    state = Mutex(State(statuses: statuses))
  }

  /// Every service's status, the whole server's under the empty name.
  package var statuses: [String: Status] { state.withLock { $0.statuses } }

  /// The status of a service; nil when it is not known.
  package func status(of service: String) -> Status? {
    state.withLock { $0.statuses[service] }
  }

  /// Sets the status of every service. After ``shutDown()`` nothing serves any more.
  package func setServing(_ isServing: Bool) {
    state.withLock { state in
      guard !state.hasShutDown else { return }
      Self.setAll(&state, isServing ? .serving : .notServing)
    }
  }

  /// Makes every service not serving for good and ends every watch, so that watches do not hold up the
  /// shutdown.
  package func shutDown() {
    let watchers = state.withLock { state in
      state.hasShutDown = true
      Self.setAll(&state, .notServing)
      defer { state.watchers = [:] }
      return Array(state.watchers.values)
    }
    for watcher in watchers { watcher.continuation.finish() }
  }

  /// The status now and at every change, nil while the service is not known; ends with ``shutDown()``.
  /// Only the latest status is kept for a slow reader.
  package func watch(_ service: String) -> AsyncStream<Status?> {
    let (stream, continuation) = AsyncStream<Status?>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let id: UInt64? = state.withLock { state in
      continuation.yield(state.statuses[service])
      guard !state.hasShutDown else { return nil }
      state.nextWatcher += 1
      state.watchers[state.nextWatcher] = (service, continuation)
      return state.nextWatcher
    }
    guard let id else {
      continuation.finish()
      return stream
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { $0.watchers[id] = nil }
    }
    return stream
  }

  private static func setAll(_ state: inout State, _ status: Status) {
    for (service, current) in state.statuses where current != status {
      state.statuses[service] = status
      for watcher in state.watchers.values where watcher.service == service {
        watcher.continuation.yield(status)
      }
    }
  }
}
