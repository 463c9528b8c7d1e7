import NIOCore
import Synchronization

/// One instance of a service: its address, how busy it is and whether it is well. Shared by all event loops.
final class Instance: Sendable {
  typealias ID = Int

  /// Where it listens.
  struct Address: Sendable, Hashable, CustomStringConvertible {
    let host: String
    let port: Int

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
  }

  /// Unique for the life of the process.
  let id: ID
  /// The number of its route.
  let route: Int
  let address: Address
  private let calls = Atomic(0)
  private let available: Atomic<Bool>
  /// Whether the last word of a call was a failure.
  private let suspect = Atomic(false)
  private let health: Mutex<InstanceHealth>

  init(id: ID, route: Int, address: Address, policy: HealthPolicy, at now: NIODeadline = .now()) {
    self.id = id
    self.route = route
    self.address = address
    self.available = Atomic(!policy.probes)
    self.health = Mutex(InstanceHealth(policy: policy, at: now))
  }

  /// Calls in progress, from all event loops.
  var activeCalls: Int { calls.load(ordering: .relaxed) }
  /// Whether calls may be sent to it.
  var isAvailable: Bool { available.load(ordering: .relaxed) }

  func callBegan() { calls.add(1, ordering: .relaxed) }
  func callEnded() { calls.subtract(1, ordering: .relaxed) }

  /// A call reached the instance and came back. Takes the lock only after failures.
  func callSucceeded() {
    guard suspect.load(ordering: .relaxed) else { return }
    suspect.store(false, ordering: .relaxed)
    health.withLock { $0.callSucceeded() }
  }

  /// A call or connection failed in a way that speaks against the instance.
  func callFailed(at now: NIODeadline = .now(), mayEject: Bool) -> InstanceHealth.Change? {
    suspect.store(true, ordering: .relaxed)
    return update { $0.callFailed(at: now, mayEject: mayEject) }
  }

  /// Applies a result to the health.
  func update(_ change: (inout sending InstanceHealth) -> InstanceHealth.Change?) -> InstanceHealth.Change? {
    health.withLock { health in
      let result = change(&health)
      available.store(health.isAvailable, ordering: .relaxed)
      return result
    }
  }
}
