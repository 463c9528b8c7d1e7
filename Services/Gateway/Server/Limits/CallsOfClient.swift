import Synchronization

/// The calls that one client has open, over all its connections and all event loops.
final class CallsOfClient: Sendable {
  private let limit: Int
  private let open = Atomic(0)

  init(limit: Int) {
    self.limit = limit
  }

  /// - Returns: false when the client has as many as it may.
  func begin() -> Bool {
    guard open.add(1, ordering: .relaxed).newValue > limit else { return true }
    end()
    return false
  }

  func end() {
    open.subtract(1, ordering: .relaxed)
  }
}
