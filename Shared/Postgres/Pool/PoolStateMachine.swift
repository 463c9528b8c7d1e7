/// Which connection serves whom, without any I/O or clock.
///
/// Shared users pile onto connections (the least busy first); an exclusive user gets a connection to which nobody is
/// added until it is given back. One connection is always left for shared users where the maximum allows it. Who cannot
/// be served waits; whoever brings capacity back gets the waiters that it serves.
///
/// Brief users fill one connection up to ``briefTogether`` before they take an idle one: sent together they cost the
/// server, and us, a fraction of what they cost on a connection each, and none waits for long behind the others. They
/// keep away from connections where something else is under way, as far as there are others.
struct PoolStateMachine<Connection: AnyObject, Waiter> {
  enum Use: Hashable, Sendable { case shared, brief, exclusive }

  /// The most brief users that one connection gets while another is idle.
  static var briefTogether: Int { 8 }

  private struct Slot {
    let connection: Connection
    var inFlight = 0
    /// How many of those in flight are brief.
    var brief = 0
    var isLeased = false
    var idleSince: ContinuousClock.Instant
  }

  struct Limits: Sendable {
    var minimumConnections: Int
    var maximumConnections: Int
    var pipelineDepth: Int
    var waiters: Int

    /// A transaction may take every connection but one, so that statements without one go on.
    var leases: Int { max(1, maximumConnections - 1) }
  }

  struct Grant {
    let waiter: Waiter
    let connection: Connection
  }

  private let limits: Limits
  private var slots: [Slot] = []
  private var sharedWaiters = FIFO<(id: UInt64, use: Use, waiter: Waiter)>()
  private var exclusiveWaiters = FIFO<(id: UInt64, waiter: Waiter)>()
  private var connecting = 0
  private var isFailing = false
  private(set) var isStopped = false

  init(limits: Limits) { self.limits = limits }

  var openCount: Int { slots.count }
  var leasedCount: Int { slots.count { $0.isLeased } }
  var inFlightCount: Int { slots.reduce(0) { $0 + $1.inFlight } }
  var waiterCount: Int { sharedWaiters.count + exclusiveWaiters.count }
  var connections: [Connection] { slots.map(\.connection) }

  // MARK: Users

  /// A connection for `use` now, or `nil` when there is none and the caller must wait.
  mutating func acquire(_ use: Use) -> Connection? {
    if use == .exclusive, leasedCount >= limits.leases { return nil }
    guard let best = use == .brief ? fullestOfBrief ?? leastBusy : leastBusy else { return nil }
    slots[best].inFlight += 1
    if use == .brief { slots[best].brief += 1 }
    if use == .exclusive { slots[best].isLeased = true }
    return slots[best].connection
  }

  private var leastBusy: Int? {
    var best: Int?
    for index in slots.indices where !slots[index].isLeased {
      if slots[index].inFlight < (best.map { slots[$0].inFlight } ?? limits.pipelineDepth) { best = index }
      if slots[index].inFlight == 0 { break }
    }
    return best
  }

  /// The connection with the most brief users and nobody else that has room for another.
  private var fullestOfBrief: Int? {
    let limit = min(Self.briefTogether, limits.pipelineDepth)
    var best: Int?
    for index in slots.indices where !slots[index].isLeased {
      let brief = slots[index].brief
      guard brief < limit, brief == slots[index].inFlight else { continue }
      if brief > (best.map { slots[$0].brief } ?? 0) { best = index }
    }
    return best
  }

  /// Queues a waiter. `false` when there are too many.
  mutating func wait(_ use: Use, id: UInt64, _ waiter: Waiter) -> Bool {
    guard waiterCount < limits.waiters else { return false }
    if use == .exclusive { exclusiveWaiters.append((id, waiter)) } else { sharedWaiters.append((id, use, waiter)) }
    return true
  }

  /// Takes out a waiter, unless it was served meanwhile.
  mutating func removeWaiter(_ id: UInt64) -> Waiter? {
    sharedWaiters.removeAll { $0.id == id }.first?.waiter ?? exclusiveWaiters.removeAll { $0.id == id }.first?.waiter
  }

  /// Ends a use of `connection` and serves those who waited for that.
  mutating func release(_ connection: Connection, _ use: Use, now: () -> ContinuousClock.Instant) -> [Grant] {
    if let index = slots.firstIndex(where: { $0.connection === connection }) {
      slots[index].inFlight -= 1
      if use == .brief { slots[index].brief -= 1 }
      if use == .exclusive { slots[index].isLeased = false }
      if slots[index].inFlight == 0 { slots[index].idleSince = now() }
    }
    return grants()
  }

  private mutating func grants() -> [Grant] {
    var grants: [Grant] = []
    while !exclusiveWaiters.isEmpty, let connection = acquire(.exclusive), let next = exclusiveWaiters.popFirst() {
      grants.append(Grant(waiter: next.waiter, connection: connection))
    }
    while let use = sharedWaiters.first?.use, let connection = acquire(use), let next = sharedWaiters.popFirst() {
      grants.append(Grant(waiter: next.waiter, connection: connection))
    }
    return grants
  }

  // MARK: Connections

  /// How many connections to start opening now; each is to be answered with ``opened(_:now:)`` in the end.
  mutating func connectionsToOpen() -> Int {
    guard !isStopped else { return 0 }
    let coming = slots.count + connecting
    var wanted = max(limits.minimumConnections - coming, waiterCount - connecting, 0)
    if connecting == 0, wanted == 0, isBusy { wanted = 1 }
    wanted = min(wanted, limits.maximumConnections - coming)
    // While the server is out of reach one attempt at a time finds out when it is back.
    if isFailing { wanted = min(wanted, 1 - connecting) }
    connecting += max(0, wanted)
    return max(0, wanted)
  }

  /// Every connection has something to do, so that the next statement would queue behind another.
  private var isBusy: Bool {
    !slots.isEmpty && slots.allSatisfy { $0.inFlight > 0 }
  }

  mutating func opened(_ connection: Connection, now: ContinuousClock.Instant) -> [Grant] {
    connecting -= 1
    isFailing = false
    slots.append(Slot(connection: connection, idleSince: now))
    return grants()
  }

  /// An attempt failed; it is going to be repeated.
  mutating func connectFailed() { isFailing = true }

  /// The connection is gone. `false` when it was not one of ours any more.
  mutating func closed(_ connection: Connection) -> Bool {
    guard let index = slots.firstIndex(where: { $0.connection === connection }) else { return false }
    slots.remove(at: index)
    return true
  }

  /// Takes idle connections into use for a check.
  mutating func connectionsToCheck(idleSince limit: ContinuousClock.Instant) -> [Connection] {
    slots.indices.filter { slots[$0].inFlight == 0 && slots[$0].idleSince <= limit }.map { index in
      slots[index].inFlight += 1
      return slots[index].connection
    }
  }

  /// Takes out connections above the minimum that had nothing to do since `limit`.
  mutating func connectionsToRetire(idleSince limit: ContinuousClock.Instant) -> [Connection] {
    var retired: [Connection] = []
    for slot in slots.reversed() where slots.count > limits.minimumConnections {
      guard slot.inFlight == 0, slot.idleSince <= limit, closed(slot.connection) else { continue }
      retired.append(slot.connection)
    }
    return retired
  }

  /// Refuses everything from now on; gives those who still wait.
  mutating func stop() -> [Waiter] {
    isStopped = true
    let waiters = sharedWaiters.elements.map(\.waiter) + exclusiveWaiters.elements.map(\.waiter)
    sharedWaiters = FIFO()
    exclusiveWaiters = FIFO()
    return waiters
  }
}
