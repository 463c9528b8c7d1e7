import Synchronization

/// Whether a process can do its work: the parts that it needs, and the state of each.
///
/// A part declares a check when it is built and sets its state as it changes. The process is ready when
/// every check is; a check that was never set is not.
package final class Readiness: Sendable {
  package enum State: Hashable, Sendable {
    case ready
    /// Why not, for operators; no secrets.
    case notReady(String)
  }

  /// One check at one moment.
  package struct Report: Hashable, Sendable {
    package var name: String
    package var state: State
  }

  /// The right to set one check.
  package struct Check: Sendable {
    fileprivate let readiness: Readiness
    fileprivate let index: Int

    package func set(_ state: State) {
      readiness.set(state, at: index)
    }
  }

  private struct Contents {
    var reports: [Report] = []
    var observers: [@Sendable (_ isReady: Bool) -> Void] = []

    var isReady: Bool { reports.allSatisfy { $0.state == .ready } }
  }

  private let contents = Mutex(Contents())

  package init() {}

  /// Adds a check, not ready until it is set.
  package func declare(_ name: String) -> Check {
    let index = contents.withLock { contents in
      contents.reports.append(Report(name: name, state: .notReady("starting")))
      return contents.reports.count - 1
    }
    return Check(readiness: self, index: index)
  }

  package var isReady: Bool { contents.withLock { $0.isReady } }

  /// Every check, in the order of declaration.
  package var reports: [Report] { contents.withLock { $0.reports } }

  /// Calls the observer at once and then whenever the process becomes ready or stops being so. It is
  /// called under a lock: it must be quick and not come back here.
  package func observe(_ observer: @escaping @Sendable (_ isReady: Bool) -> Void) {
    contents.withLock { contents in
      contents.observers.append(observer)
      observer(contents.isReady)
    }
  }

  private func set(_ state: State, at index: Int) {
    contents.withLock { contents in
      let before = contents.isReady
      contents.reports[index].state = state
      let after = contents.isReady
      guard before != after else { return }
      for observer in contents.observers { observer(after) }
    }
  }
}
