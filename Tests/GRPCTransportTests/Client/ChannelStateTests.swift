import GRPCCore
import NIOCore
import Testing

@testable import GRPCTransport

@Suite("Client: the channel's decisions")
struct ChannelStateTests {
  // MARK: Life

  @Test("before connect() calls wait; then the addresses are asked for")
  func start() throws {
    let channel = Drive(.pickFirst())
    channel.addresses("a", "b")
    #expect(channel.effects == [])
    #expect(channel.pick(1) == "wait")
    #expect(channel.start())
    #expect(!channel.start())
    channel.addresses("a", "b")
    #expect(channel.effects == ["connect 1 a"])
    channel.state.connected(ConnectionID(number: 1))
    #expect(channel.effects == ["assign 1 to 1"])
    #expect(channel.pick(2) == "connection 1")
  }

  @Test("a shutdown waits for running calls, refuses new ones, fails those that only wait")
  func shutdown() throws {
    let channel = Drive.ready(.pickFirst(), "a")
    try channel.state.beginCall()
    #expect(channel.pick(1) == "connection 1")
    channel.state.beginShutdown()
    #expect(channel.effects == [])
    #expect(throws: RPCError.self) { try channel.beginCall() }
    channel.state.endCall()
    #expect(channel.effects == ["drain 1"])
    channel.state.closed(ConnectionID(number: 1), wasIdle: false)
    #expect(channel.effects == ["finish"])
    #expect(channel.state.phase == .finished)
  }

  @Test
  func shutdownWhileWaiting() throws {
    let channel = Drive.running(.pickFirst(), "a")
    try channel.state.beginCall()
    #expect(channel.pick(1, waitForReady: true) == "wait")
    channel.state.beginShutdown()
    #expect(channel.effects == ["reject 1 failedPrecondition"])
    channel.state.endCall()
    #expect(channel.effects == ["abandon 1", "finish"])
  }

  @Test("a running call that must be sent again is still served during a shutdown")
  func shutdownWhileMoving() throws {
    let channel = Drive.ready(.pickFirst(), "a")
    try channel.state.beginCall()
    #expect(channel.pick(1) == "connection 1")
    channel.state.beginShutdown()
    channel.state.closed(ConnectionID(number: 1), wasIdle: false)
    _ = channel.effects
    #expect(channel.pick(2, isRunning: true) == "wait")
    #expect(channel.effects == ["connect 2 a"])
    channel.state.connected(ConnectionID(number: 2))
    #expect(channel.effects == ["assign 2 to 2"])
    channel.state.endCall()
    #expect(channel.effects == ["drain 2"])
  }

  @Test
  func abort() throws {
    let channel = Drive.ready(.roundRobin, "a", "b")
    try channel.state.beginCall()
    channel.state.abort()
    #expect(Set(channel.effects) == ["drain 1", "drain 2", "close 1", "close 2"])
    channel.state.closed(ConnectionID(number: 1), wasIdle: false)
    channel.state.closed(ConnectionID(number: 2), wasIdle: false)
    #expect(channel.effects == ["finish"])
    channel.state.abort()
    channel.state.endCall()
    #expect(channel.effects == [])
  }

  @Test
  func abortBeforeStart() {
    let channel = Drive(.pickFirst())
    channel.state.beginShutdown()
    #expect(channel.effects == ["finish"])
    #expect(!channel.start())
  }

  // MARK: Pick-first

  @Test("pick-first tries one address after the other, then says what failed")
  func pickFirstFails() {
    let channel = Drive.running(.pickFirst(), "a", "b")
    #expect(channel.pick(1) == "wait")
    channel.fail(1)
    #expect(channel.effects == ["wait 1", "resolve", "connect 2 b"])
    channel.fail(2)
    #expect(channel.effects == ["wait 2", "resolve", "reject 1 unavailable"])
    // While both are in their back-off, calls that do not wait fail at once and others wait.
    #expect(channel.pick(2) == "unavailable")
    #expect(channel.pick(3, waitForReady: true) == "wait")
    channel.state.waited(ConnectionID(number: 1))
    #expect(channel.effects == ["connect 3 a"])
    #expect(channel.pick(4) == "unavailable")
    channel.state.connected(ConnectionID(number: 3))
    #expect(channel.effects == ["assign 3 to 3"])
    #expect(channel.pick(5) == "connection 3")
  }

  @Test("while an attempt is slow, the next address is tried beside it; the first that stands is taken")
  func slowAttempt() {
    let channel = Drive.running(.pickFirst(), "a", "b", "c")
    channel.state.attemptIsSlow(ConnectionID(number: 1))
    #expect(channel.effects == ["connect 2 b"])
    channel.state.attemptIsSlow(ConnectionID(number: 2))
    #expect(channel.effects == ["connect 3 c"])
    channel.state.attemptIsSlow(ConnectionID(number: 3))
    #expect(channel.effects == [])
    channel.state.connected(ConnectionID(number: 2))
    #expect(channel.effects == ["abandon 1", "abandon 3"])
    channel.state.attemptIsSlow(ConnectionID(number: 1))
    #expect(channel.effects == [])
    #expect(channel.pick(1) == "connection 2")
  }

  @Test("an attempt that fails while another is under way leaves the rest to that one")
  func slowAttemptFails() {
    let channel = Drive.running(.pickFirst(), "a", "b", "c")
    channel.state.attemptIsSlow(ConnectionID(number: 1))
    _ = channel.effects
    channel.fail(1)
    #expect(channel.effects == ["wait 1", "resolve"])
    channel.fail(2)
    #expect(channel.effects == ["wait 2", "resolve", "connect 3 c"])
  }

  @Test("who connects to every address has no use for that")
  func slowAttemptOfMany() {
    let channel = Drive.running(.roundRobin, "a", "b")
    channel.state.attemptIsSlow(ConnectionID(number: 1))
    #expect(channel.effects == [])
  }

  @Test("the error names every address and reason")
  func message() {
    let channel = Drive.running(.pickFirst(), "a", "b")
    channel.fail(1)
    channel.fail(2)
    let waiter = ChannelState.Waiter(id: WaiterID(number: 1), waitForReady: false, isRunning: false)
    guard case .failure(let error) = channel.state.pick(waiter) else { return #expect(Bool(false)) }
    #expect(error.message.contains("unix:a: the connection failed: reason 1"))
    #expect(error.message.contains("unix:b: the connection failed: reason 2"))
    #expect(channel.state.obstacle?.contains("reason 1") == true)
  }

  @Test("once one is connected, attempts at others are given up")
  func pickFirstSettles() {
    let channel = Drive.running(.pickFirst(), "a", "b")
    channel.fail(1)
    _ = channel.effects
    channel.state.waited(ConnectionID(number: 1))
    #expect(channel.effects == ["connect 3 a"])
    channel.state.connected(ConnectionID(number: 2))
    #expect(channel.effects == ["abandon 3"])
    #expect(channel.pick(1) == "connection 2")
  }

  @Test("a lost connection is replaced; one lost for want of calls only when a call comes", arguments: [false, true])
  func lost(wasIdle: Bool) {
    let channel = Drive.ready(.pickFirst(), "a")
    channel.state.closed(ConnectionID(number: 1), wasIdle: wasIdle)
    #expect(channel.effects == (wasIdle ? ["resolve"] : ["resolve", "connect 2 a"]))
    #expect(channel.pick(1) == "wait")
    #expect(channel.effects == (wasIdle ? ["connect 2 a"] : []))
  }

  @Test("shuffled once: the same addresses again do not move the client")
  func shuffle() {
    var firsts = Set<String>()
    for seed in 0..<32 {
      let channel = Drive(.pickFirst(shuffle: true), seed: UInt64(seed))
      _ = channel.state.start()
      channel.addresses("a", "b", "c")
      let chosen = channel.effects
      firsts.insert(chosen[0])
      channel.state.connected(ConnectionID(number: 1))
      channel.addresses("c", "b", "a")
      #expect(channel.effects == [])
    }
    #expect(firsts == ["connect 1 a", "connect 1 b", "connect 1 c"])
  }

  // MARK: All addresses

  @Test("round-robin connects to all and takes turns among those that stand")
  func roundRobin() {
    let channel = Drive.running(.roundRobin, "a", "b", "c")
    #expect(channel.started == ["connect 1 a", "connect 2 b", "connect 3 c"])
    channel.state.connected(ConnectionID(number: 1))
    channel.state.connected(ConnectionID(number: 3))
    #expect((1...4).map { channel.pick($0) } == ["connection 1", "connection 3", "connection 1", "connection 3"])
    channel.fail(2)
    #expect(channel.effects == ["wait 2", "resolve"])
    #expect(channel.pick(5) == "connection 1")
  }

  @Test("a connection whose server is leaving is replaced at once and takes no more calls")
  func leaving() {
    let channel = Drive.ready(.roundRobin, "a", "b")
    channel.state.connectionIsLeaving(ConnectionID(number: 1))
    #expect(channel.effects == ["resolve", "connect 3 a"])
    #expect((1...3).map { channel.pick($0) } == ["connection 2", "connection 2", "connection 2"])
    // Told twice is told once.
    channel.state.connectionIsLeaving(ConnectionID(number: 1))
    channel.state.closed(ConnectionID(number: 1), wasIdle: false)
    #expect(channel.effects == [])
  }

  @Test("of two chosen at random least-request takes the one with fewer calls")
  func leastRequest() {
    let channel = Drive.ready(.leastRequest, "a", "b")
    // With two connections both are always compared.
    let picks = (1...10).map { channel.pick($0) }
    #expect(picks.filter { $0 == "connection 1" }.count == 5)
    for _ in 0..<5 { channel.state.release(ConnectionID(number: 2)) }
    #expect((11...15).map { channel.pick($0) } == [String](repeating: "connection 2", count: 5))
  }

  // MARK: Addresses

  @Test("known addresses keep their connections, new ones are connected, gone ones drained or given up")
  func newAddresses() {
    let channel = Drive.running(.roundRobin, "a", "b", "c")
    channel.state.connected(ConnectionID(number: 1))
    channel.state.connected(ConnectionID(number: 2))
    channel.addresses("d", "b")
    #expect(channel.effects == ["drain 1", "abandon 3", "connect 4 d"])
    channel.state.connected(ConnectionID(number: 3))
    #expect(channel.effects == ["drain 3"])
    #expect(channel.pick(1) == "connection 2")
  }

  @Test("names that cannot be resolved fail calls, unless addresses are known from before")
  func resolution() {
    let channel = Drive(.pickFirst())
    _ = channel.state.start()
    #expect(channel.pick(1) == "wait")
    #expect(channel.pick(2, waitForReady: true) == "wait")
    let failure = ConnectFailure(address: "x:1", step: .resolve, reason: "no such name")
    channel.state.resolutionFailed(failure)
    #expect(channel.effects == ["reject 1 unavailable"])
    channel.addresses("a")
    #expect(channel.effects == ["connect 1 a"])
    channel.state.connected(ConnectionID(number: 1))
    #expect(channel.effects == ["assign 2 to 1"])
    channel.state.resolutionFailed(failure)
    #expect(channel.pick(3) == "connection 1")
  }

  @Test("a target without addresses")
  func noAddresses() {
    let channel = Drive(.roundRobin)
    _ = channel.state.start()
    channel.addresses()
    #expect(channel.pick(1) == "unavailable")
  }

  @Test("a waiting call that gives up is forgotten")
  func cancel() {
    let channel = Drive.running(.pickFirst(), "a")
    #expect(channel.pick(1) == "wait")
    #expect(channel.cancel(1))
    #expect(!channel.cancel(1))
    channel.state.connected(ConnectionID(number: 1))
    #expect(channel.effects == [])
  }

  @Test("reports about attempts that no longer count change nothing")
  func stale() {
    let channel = Drive.ready(.pickFirst(), "a")
    channel.fail(1)
    channel.state.waited(ConnectionID(number: 1))
    channel.state.closed(ConnectionID(number: 9), wasIdle: false)
    channel.state.connectionIsLeaving(ConnectionID(number: 9))
    channel.state.release(ConnectionID(number: 9))
    #expect(channel.effects == [])
    #expect(channel.pick(1) == "connection 1")
  }
}

/// A channel's state with short forms for its inputs and effects. Addresses are socket paths.
private final class Drive {
  var state: ChannelState
  private(set) var started: [String] = []

  init(_ policy: LoadBalancingPolicy, seed: UInt64 = 7) {
    state = ChannelState(policy: policy, seed: seed)
  }

  /// Started, with the first attempts under way.
  static func running(_ policy: LoadBalancingPolicy, _ names: String...) -> Drive {
    let drive = Drive(policy)
    _ = drive.state.start()
    drive.resolve(names)
    drive.started = drive.effects
    return drive
  }

  /// With a connection to each address that the policy wants one to.
  static func ready(_ policy: LoadBalancingPolicy, _ names: String...) -> Drive {
    let drive = Drive(policy)
    _ = drive.state.start()
    drive.resolve(names)
    for number in 1...(policy.connectsToAll ? names.count : 1) {
      drive.state.connected(ConnectionID(number: number))
    }
    _ = drive.effects
    return drive
  }

  func addresses(_ names: String...) { resolve(names) }

  private func resolve(_ names: [String]) {
    state.resolved(
      names.compactMap { name in
        (try? SocketAddress(unixDomainSocketPath: name)).map { ResolvedAddress(address: $0, hostName: nil) }
      }
    )
  }

  func fail(_ number: Int) {
    state.connectFailed(
      ConnectionID(number: number),
      ConnectFailure(address: number == 1 ? "unix:a" : "unix:b", step: .connect, reason: "reason \(number)")
    )
  }

  func pick(_ number: Int, waitForReady: Bool = false, isRunning: Bool = false) -> String {
    let id = WaiterID(number: number)
    switch state.pick(ChannelState.Waiter(id: id, waitForReady: waitForReady, isRunning: isRunning)) {
    case .connection(let id): return "connection \(id.number)"
    case .wait: return "wait"
    case .failure(let error): return "\(error.code)"
    }
  }

  /// What has been asked for since the last look.
  var effects: [String] {
    state.takeEffects().map { effect in
      switch effect {
      case .connect(let id, let address): "connect \(id.number) \(address.address.pathname ?? "")"
      case .abandon(let id): "abandon \(id.number)"
      case .drain(let id): "drain \(id.number)"
      case .close(let id): "close \(id.number)"
      case .wait(let id, _): "wait \(id.number)"
      case .resolve: "resolve"
      case .assign(let waiter, let id): "assign \(waiter.number) to \(id.number)"
      case .reject(let waiter, let error): "reject \(waiter.number) \(error.code)"
      case .finish: "finish"
      }
    }
  }

  func start() -> Bool { state.start() }

  func cancel(_ number: Int) -> Bool { state.cancel(WaiterID(number: number)) }

  func beginCall() throws(RPCError) { try state.beginCall() }
}
