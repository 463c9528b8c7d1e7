import HTTP2
import NIOCore
import Synchronization

/// The gateway on one event loop: the clients' connections there, the connections to instances that their calls go
/// out on, and what those calls need. Nothing of it is shared with another loop, so nothing needs a lock.
final class Worker {
  let core: GatewayCore
  let executor: EventLoopTaskExecutor
  var identifiers = CallIdentifiers()
  var refusals: RefusalEncoder
  var spareBuffers = SpareBuffers()
  var spareBlocks = SpareHeaderBlocks(limit: 256)
  var handshakes: PendingHandshakes<any Channel>
  private var routes: [RouteMembers]
  private var clients: [ObjectIdentifier: DownstreamConnection] = [:]
  /// Bytes kept for clients of this loop that do not take them.
  private var unreadBytes = 0
  private var endingPools: [UpstreamPool] = []
  private var drained: EventLoopPromise<Void>?
  /// Those who watch the health of the system from this loop.
  var watchers: [ObjectIdentifier: HealthWatch] = [:]
  /// Which of the workers this is: instances are probed by one worker each.
  private let number: Int
  private var probes: [Instance.ID: ProbeCycle] = [:]

  /// Make it on its event loop.
  init(core: GatewayCore, eventLoop: any EventLoop, number: Int) {
    self.core = core
    self.number = number
    self.executor = EventLoopTaskExecutor(eventLoop: eventLoop)
    self.refusals = RefusalEncoder(retryDelay: core.settings.retryDelay)
    self.handshakes = PendingHandshakes(limit: core.settings.limits.handshakes / core.workerCount)
    self.routes = core.fleet.routes.map { _ in RouteMembers() }
    for route in core.fleet.routes.indices { membersChanged(of: route) }
  }

  var eventLoop: any EventLoop { executor.eventLoop }
  var isDraining: Bool { drained != nil }

  // MARK: Instances

  /// The pool of the instance to try next.
  /// - Parameter tried: an instance that has just failed; chosen again only when there is no other.
  func pick(_ route: Int, avoiding tried: Instance.ID?) -> UpstreamPool? {
    let members = routes[route]
    return members.pick { $0.isAvailable && $0.id != tried } ?? members.pick { $0.isAvailable }
  }

  /// A pool of every instance that takes calls, one for each route; for what concerns the system as a whole.
  func poolOfEachRoute() -> [UpstreamPool] {
    routes.indices.compactMap { pick($0, avoiding: nil) }
  }

  func instanceFailed(_ instance: Instance, _ reason: String) {
    core.fleet.callFailed(instance, reason: reason)
  }

  /// Something about the instances has changed. Called on the loop.
  func fleetChanged(_ change: Fleet.Change) {
    switch change {
    case .members(let route): membersChanged(of: route)
    case .health(let instance, .becameHealthy), .health(let instance, .returned):
      routes[instance.route].pool(of: instance)?.instanceIsWell()
    case .health(let instance, .becameUnhealthy): routes[instance.route].pool(of: instance)?.instanceIsUnwell()
    case .health: break
    }
    for watch in watchers.values { watch.healthMayHaveChanged() }
  }

  private func membersChanged(of route: Int) {
    let instances = core.fleet.instances(of: route)
    let gone = routes[route].update(instances) { instance in
      UpstreamPool(instance: instance, worker: self, settings: core.upstream(of: route))
    }
    for pool in gone {
      endingPools.append(pool)
      probes.removeValue(forKey: pool.instance.id)?.stop()
      pool.close(grace: core.settings.shutdownGrace)
    }
    for instance in instances where instance.id % core.workerCount == number && probes[instance.id] == nil {
      guard !isDraining, let pool = routes[route].pool(of: instance) else { continue }
      let cycle = ProbeCycle(pool: pool, worker: self)
      probes[instance.id] = cycle
      cycle.start()
    }
  }

  func poolEnded(_ pool: UpstreamPool) {
    endingPools.removeAll { $0 === pool }
  }

  // MARK: Clients

  func clientConnected(_ connection: DownstreamConnection) {
    clients[ObjectIdentifier(connection)] = connection
    core.connectionOpened(connection.client)
    if isDraining { connection.shutdown(grace: core.settings.shutdownGrace) }
  }

  func clientDisconnected(_ connection: DownstreamConnection, error: HTTP2Error?) {
    guard clients.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
    addUnread(-connection.unreadBytes)
    core.connectionClosed(connection.client, error: error)
    endIfDrained()
  }

  /// A client has taken less, or more, of what is for it. When all that is kept is too much, and this loop has its share
  /// of it, the one goes that has most.
  func unreadChanged(by bytes: Int) {
    let all = addUnread(bytes)
    let limit = core.settings.limits.unreadBytes
    guard all > limit, unreadBytes > limit / core.workerCount else { return }
    guard let greediest = clients.values.max(by: { $0.unreadBytes < $1.unreadBytes }) else { return }
    addUnread(-greediest.unreadBytes)
    greediest.cutOffForUnread()
  }

  /// - Returns: what all loops keep.
  @discardableResult
  private func addUnread(_ bytes: Int) -> Int {
    unreadBytes += bytes
    return core.unreadBytes.add(bytes, ordering: .relaxed).newValue
  }

  // MARK: Shutdown

  /// Tells the clients to go, lets their calls end, and then succeeds. Calls that take longer than the grace are cut.
  func drain() -> EventLoopFuture<Void> {
    if let drained { return drained.futureResult }
    let promise = eventLoop.makePromise(of: Void.self)
    drained = promise
    for probe in probes.values { probe.stop() }
    probes = [:]
    for watch in watchers.values { watch.end() }
    for client in clients.values { client.shutdown(grace: core.settings.shutdownGrace) }
    endIfDrained()
    return promise.futureResult
  }

  private func endIfDrained() {
    guard let drained, clients.isEmpty else { return }
    for members in routes { members.closeAll() }
    drained.succeed()
  }
}
