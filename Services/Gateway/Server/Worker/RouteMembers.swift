import NIOCore

/// The instances of one route as one event loop sees them.
final class RouteMembers {
  private var pools: [UpstreamPool] = []
  private var balancer = LeastRequestBalancer(start: .random(in: 0..<1024))

  /// The pool of the least busy instance among those that may be used.
  func pick(where mayUse: (Instance) -> Bool) -> UpstreamPool? {
    balancer.pick(among: pools.count) { [pools] index in
      let instance = pools[index].instance
      return mayUse(instance) ? instance.activeCalls : nil
    }.map { pools[$0] }
  }

  func pool(of instance: Instance) -> UpstreamPool? {
    pools.first { $0.instance === instance }
  }

  /// - Returns: the pools of the instances that are no longer members.
  func update(_ instances: [Instance], make: (Instance) -> UpstreamPool) -> [UpstreamPool] {
    let gone = pools.filter { pool in !instances.contains { $0 === pool.instance } }
    pools = instances.map { pool(of: $0) ?? make($0) }
    return gone
  }

  func closeAll() {
    for pool in pools { pool.close(grace: .nanoseconds(0)) }
  }
}
