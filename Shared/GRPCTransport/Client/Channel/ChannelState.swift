internal import GRPCCore

/// Everything that a channel decides, without I/O: which addresses to connect to, which connection a
/// call takes, who waits and who fails, and when a shutdown is over.
///
/// Inputs are the mutating methods; what they ask for is fetched with ``takeEffects()``.
struct ChannelState: Sendable {
  enum Phase: Hashable, Sendable {
    /// `connect()` has not been called: calls wait.
    case notStarted
    case running
    /// No new calls; ends with the last one.
    case draining
    case finished
  }

  enum Pick: Sendable {
    case connection(ConnectionID)
    /// ``ChannelEffect/assign(_:_:)`` or ``ChannelEffect/reject(_:_:)`` follows.
    case wait
    case failure(RPCError)
  }

  struct Waiter: Sendable {
    var id: WaiterID
    var waitForReady: Bool
    /// The call was running already and is to be sent again: a shutdown lets it finish.
    var isRunning: Bool
  }

  let policy: LoadBalancingPolicy
  private let backoff: Backoff.Configuration
  private(set) var phase = Phase.notStarted
  private(set) var subchannels: [Subchannel] = []
  /// Connections that stand, with the calls that each carries; those that are draining included.
  private(set) var loads: [ConnectionID: Int] = [:]
  private(set) var waiters: [Waiter] = []
  private var openCalls = 0
  /// Why no addresses are known, if so.
  private var resolutionFailure: ConnectFailure?
  private var isResolved = false
  /// Whether a lost connection is to be replaced without a call asking for it.
  private var isWanted = true
  private var selector: Selector
  private var random: SplitMix
  private var lastID = 0
  private var effects: [ChannelEffect] = []

  init(policy: LoadBalancingPolicy, backoff: Backoff.Configuration = .init(), seed: UInt64) {
    self.policy = policy
    self.backoff = backoff
    self.selector = Selector(policy)
    self.random = SplitMix(seed: seed)
  }

  /// What is to be done now, in order; each effect is returned once.
  mutating func takeEffects() -> [ChannelEffect] {
    defer { effects.removeAll(keepingCapacity: true) }
    return effects
  }

  // MARK: Life

  /// - Returns: `false` if it was started before.
  mutating func start() -> Bool {
    guard phase == .notStarted else { return false }
    phase = .running
    connectWhatIsNeeded()
    return true
  }

  /// Takes no new calls; the running ones may finish.
  mutating func beginShutdown() {
    guard phase == .running || phase == .notStarted else { return }
    phase = .draining
    for waiter in waiters where !waiter.isRunning { reject(waiter, Self.closingError) }
    waiters.removeAll { !$0.isRunning }
    finishIfDrained()
  }

  /// Ends everything at once.
  mutating func abort() {
    guard phase != .finished else { return }
    phase = .draining
    for waiter in waiters { reject(waiter, Self.closingError) }
    waiters.removeAll()
    releaseAll()
    for id in loads.keys { effects.append(.close(id)) }
    openCalls = 0
    finishIfDrained()
  }

  static let closingError = RPCError(code: .failedPrecondition, message: "The client is shutting down.")

  private mutating func finishIfDrained() {
    guard phase == .draining, openCalls == 0 else { return }
    releaseAll()
    if loads.isEmpty {
      phase = .finished
      effects.append(.finish)
    }
  }

  private mutating func releaseAll() {
    for index in subchannels.indices { release(index) }
    subchannels.removeAll()
  }

  private mutating func release(_ index: Int) {
    let (abandoned, drained) = subchannels[index].release()
    if let abandoned { effects.append(.abandon(abandoned)) }
    if let drained { effects.append(.drain(drained)) }
  }

  // MARK: Addresses

  /// The target's addresses; known ones keep their connections.
  mutating func resolved(_ addresses: [ResolvedAddress]) {
    guard phase == .running || phase == .draining else { return }
    isResolved = true
    resolutionFailure = nil
    for index in subchannels.indices where !addresses.contains(subchannels[index].address) { release(index) }
    let known = subchannels
    subchannels = ordered(addresses, known: known.map(\.address)).map { address in
      known.first { $0.address == address } ?? Subchannel(address: address, backoff: backoff)
    }
    connectWhatIsNeeded()
    serveWaiters()
  }

  private mutating func ordered(_ addresses: [ResolvedAddress], known: [ResolvedAddress]) -> [ResolvedAddress] {
    guard case .pickFirst(shuffle: true) = policy else { return addresses }
    // Shuffled once: an answer with the same addresses must not move the client.
    return Set(addresses) == Set(known) ? known : addresses.shuffled(using: &random)
  }

  /// Nothing is known of the target. Addresses known from before stay in use.
  mutating func resolutionFailed(_ failure: ConnectFailure) {
    isResolved = true
    resolutionFailure = failure
    serveWaiters()
  }

  // MARK: Connections

  mutating func connected(_ id: ConnectionID) {
    guard let index = subchannels.indices.first(where: { subchannels[$0].connected(id) }) else {
      // Made for an address that is no longer needed.
      loads[id] = 0
      effects.append(.drain(id))
      return
    }
    loads[id] = 0
    if !policy.connectsToAll {
      for other in subchannels.indices where other != index { release(other) }
    }
    serveWaiters()
  }

  mutating func connectFailed(_ id: ConnectionID, _ failure: ConnectFailure) {
    for index in subchannels.indices {
      guard let delay = subchannels[index].failed(id, failure, using: &random) else { continue }
      effects.append(.wait(id, delay))
      effects.append(.resolve)
      connectWhatIsNeeded()
      serveWaiters()
    }
  }

  /// An attempt has been under way for a while. Where one connection is all that is wanted, the next address is tried
  /// beside it, and whichever stands first is taken (RFC 8305 section 5).
  mutating func attemptIsSlow(_ id: ConnectionID) {
    guard !policy.connectsToAll, let slow = subchannels.firstIndex(where: { $0.state == .connecting(id) }),
      let next = subchannels[slow...].firstIndex(where: { $0.state == .idle && $0.failure == nil })
    else { return }
    connect(next)
  }

  /// The back-off after a failed attempt has passed.
  mutating func waited(_ id: ConnectionID) {
    for index in subchannels.indices where subchannels[index].waited(id) { connect(index) }
  }

  /// The connection stands but takes no new calls: the server is going away.
  mutating func connectionIsLeaving(_ id: ConnectionID) {
    guard subchannels.indices.contains(where: { subchannels[$0].lost(id) }) else { return }
    effects.append(.resolve)
    connectWhatIsNeeded()
  }

  /// - Parameter wasIdle: it was closed for want of calls, so it is replaced when one comes.
  mutating func closed(_ id: ConnectionID, wasIdle: Bool) {
    guard loads.removeValue(forKey: id) != nil else { return }
    if wasIdle { isWanted = false }
    connectionIsLeaving(id)
    finishIfDrained()
  }

  private mutating func connect(_ index: Int) {
    guard phase == .running || (phase == .draining && !waiters.isEmpty) else { return }
    let id = ConnectionID(number: lastID + 1)
    guard subchannels[index].connect(as: id) else { return }
    lastID += 1
    effects.append(.connect(id, subchannels[index].address))
  }

  /// Asks for the connections that the policy wants by itself or for those who wait.
  private mutating func connectWhatIsNeeded() {
    guard isWanted || !waiters.isEmpty else { return }
    if policy.connectsToAll {
      for index in subchannels.indices { connect(index) }
    } else if !subchannels.contains(where: { $0.connection != nil || $0.isConnectingAfresh }) {
      // One address after the other; those that failed come back by themselves after their wait.
      if let next = subchannels.firstIndex(where: { $0.state == .idle && $0.failure == nil })
        ?? subchannels.firstIndex(where: { $0.state == .idle })
      {
        connect(next)
      }
    }
  }

  // MARK: Calls

  /// A new call. ``endCall()`` must follow, once, whatever becomes of it.
  mutating func beginCall() throws(RPCError) {
    guard phase == .notStarted || phase == .running else { throw Self.closingError }
    openCalls += 1
  }

  mutating func endCall() {
    openCalls = max(0, openCalls - 1)
    finishIfDrained()
  }

  /// Finds a connection for a call; ``release(_:)-(ConnectionID)`` must follow for each one taken.
  mutating func pick(_ waiter: Waiter) -> Pick {
    isWanted = true
    if let id = choose() {
      loads[id, default: 0] += 1
      if policy.connectsToAll { connectWhatIsNeeded() }
      return .connection(id)
    }
    if let failure = failure(for: waiter) { return .failure(failure) }
    waiters.append(waiter)
    connectWhatIsNeeded()
    return .wait
  }

  /// A waiting call is no longer interested.
  ///
  /// - Returns: whether it was still waiting.
  mutating func cancel(_ waiter: WaiterID) -> Bool {
    guard let index = waiters.firstIndex(where: { $0.id == waiter }) else { return false }
    waiters.remove(at: index)
    return true
  }

  /// A call no longer uses its connection.
  mutating func release(_ id: ConnectionID) {
    guard let load = loads[id] else { return }
    loads[id] = max(0, load - 1)
  }

  private mutating func choose() -> ConnectionID? {
    let loads = self.loads
    return selector.choose(
      from: subchannels.compactMap(\.connection),
      load: { loads[$0] ?? 0 },
      using: &random
    )
  }

  private func failure(for waiter: Waiter) -> RPCError? {
    if phase == .finished { return Self.closingError }
    guard phase != .notStarted, isResolved, !waiter.waitForReady else { return nil }
    if subchannels.isEmpty {
      let none = RPCError(code: .unavailable, message: "The target has no addresses.")
      return resolutionFailure?.rpcError ?? none
    }
    let failures = subchannels.compactMap(\.failure)
    guard failures.count == subchannels.count, let first = failures.first else { return nil }
    guard failures.count > 1 else { return first.rpcError }
    let all = failures.map(\.description).joined(separator: "; ")
    return RPCError(code: .unavailable, message: "No connection to any of \(failures.count) addresses: \(all).")
  }

  /// The latest failures in the way of a connection.
  var obstacle: String? {
    let failures = subchannels.compactMap(\.failure).map(\.description)
    return failures.isEmpty ? resolutionFailure?.description : failures.joined(separator: "; ")
  }

  private mutating func serveWaiters() {
    var remaining: [Waiter] = []
    for waiter in waiters {
      if let id = choose() {
        loads[id, default: 0] += 1
        effects.append(.assign(waiter.id, id))
      } else if let failure = failure(for: waiter) {
        reject(waiter, failure)
      } else {
        remaining.append(waiter)
      }
    }
    waiters = remaining
  }

  private mutating func reject(_ waiter: Waiter, _ error: RPCError) {
    effects.append(.reject(waiter.id, error))
  }
}
