import Logging
import Metrics
import NIOCore
import Synchronization

/// All instances of all routes and how they are; the one thing that the event loops share and change.
///
/// Loops read an instance's health without a lock. What changes, in members or in health, is told to the observers.
final class Fleet: Sendable {
  /// What observers are told.
  enum Change: Sendable {
    /// Instances of the route came or went.
    case members(route: Int)
    case health(Instance, InstanceHealth.Change)
  }

  typealias Observer = @Sendable (Change) -> Void

  private struct State {
    var instances: [[Instance]]
    var nextID = 0
    var observers: [Observer] = []
  }

  let routes: [Route]
  private let policy: HealthPolicy
  private let state: Mutex<State>
  private let logger: Logger

  init(routes: [Route], policy: HealthPolicy, logger: Logger) {
    self.routes = routes
    self.policy = policy
    self.logger = logger
    self.state = Mutex(State(instances: Array(repeating: [], count: routes.count)))
    for (index, route) in routes.enumerated() { setInstances(route.fixedAddresses, of: index) }
  }

  /// Calls the observer for every change from now on, from any thread and never under a lock.
  func observe(_ observer: @escaping Observer) {
    state.withLock { $0.observers.append(observer) }
  }

  func instances(of route: Int) -> [Instance] {
    state.withLock { $0.instances[route] }
  }

  func availableCount(of route: Int) -> Int {
    instances(of: route).count { $0.isAvailable }
  }

  /// Whether every required route has an instance that takes calls.
  var isServing: Bool { missingRoutes.isEmpty }

  /// The required routes that have no instance that takes calls.
  var missingRoutes: [String] {
    routes.indices.filter { routes[$0].isRequired && availableCount(of: $0) == 0 }.map { routes[$0].prefix }
  }

  /// Makes the addresses the route's instances: those that stay keep their state.
  func setInstances(_ addresses: [Instance.Address], of route: Int) {
    let changed = state.withLock { state in
      let present = state.instances[route]
      let kept = present.filter { addresses.contains($0.address) }
      let new = addresses.filter { address in !present.contains { $0.address == address } }
      guard !new.isEmpty || kept.count != present.count else { return false }
      let added = new.map { address in
        defer { state.nextID += 1 }
        return Instance(id: state.nextID, route: route, address: address, policy: policy)
      }
      state.instances[route] = kept + added
      return true
    }
    guard changed else { return }
    measure(route)
    tell(.members(route: route))
  }

  /// Says how many instances of the route take calls.
  private func measure(_ route: Int) {
    let gauge = Meter(label: "vigil_gateway_instances", dimensions: [("route", routes[route].prefix)])
    // Under the lock, so that the last to count is the last to say.
    state.withLock { state in gauge.set(state.instances[route].count { $0.isAvailable }) }
  }

  // MARK: Results

  func probeSucceeded(_ instance: Instance) {
    note(instance, instance.update { $0.probeSucceeded(at: .now()) }, reason: nil)
  }

  func probeFailed(_ instance: Instance, reason: String) {
    note(instance, instance.update { $0.probeFailed() }, reason: reason)
  }

  /// A connection or a call failed in a way that speaks against the instance.
  func callFailed(_ instance: Instance, reason: String) {
    let mayEject = availableCount(of: instance.route) > 1
    note(instance, instance.callFailed(mayEject: mayEject), reason: reason)
  }

  /// Lets ejections end that no probe ends.
  func tick(_ instance: Instance) {
    note(instance, instance.update { $0.tick(at: .now()) }, reason: nil)
  }

  private func note(_ instance: Instance, _ change: InstanceHealth.Change?, reason: String?) {
    guard let change else { return }
    report(instance, change, reason)
    measure(instance.route)
    tell(.health(instance, change))
  }

  private func tell(_ change: Change) {
    for observer in state.withLock({ $0.observers }) { observer(change) }
  }

  private func report(_ instance: Instance, _ change: InstanceHealth.Change, _ reason: String?) {
    var metadata: Logger.Metadata = [
      "route": .string(routes[instance.route].prefix), "upstream": .string(instance.address.description),
    ]
    if let reason { metadata["reason"] = .string(reason) }
    switch change {
    case .becameHealthy: logger.notice("instance is healthy", metadata: metadata)
    case .returned: logger.notice("instance has returned", metadata: metadata)
    case .becameUnhealthy: logger.warning("instance is not healthy", metadata: metadata)
    case .isNotYetHealthy: return logger.warning("instance is not healthy yet", metadata: metadata)
    case .ejected(let length):
      metadata["seconds"] = .stringConvertible(length.nanoseconds / 1_000_000_000)
      logger.warning("instance is ejected", metadata: metadata)
    }
    Counter(
      label: "vigil_gateway_instance_changes_total",
      dimensions: [("route", routes[instance.route].prefix), ("change", change.name)]
    ).increment()
  }
}

extension InstanceHealth.Change {
  /// For a metric's label.
  var name: String {
    switch self {
    case .becameHealthy: "healthy"
    case .becameUnhealthy: "unhealthy"
    case .isNotYetHealthy: "not_yet_healthy"
    case .ejected: "ejected"
    case .returned: "returned"
    }
  }
}

extension Route {
  /// The instances that need no resolution of a name.
  var fixedAddresses: [Instance.Address] {
    targets.compactMap { target in
      if case .fixed(let host, let port) = target { Instance.Address(host: host, port: port) } else { nil }
    }
  }
}
