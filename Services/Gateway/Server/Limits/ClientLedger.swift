import NIOCore

/// What each client has open and has used: the state behind ``ClientLimiter``, as a value without locks or clocks.
///
/// Memory is bounded: a client is kept while it has a connection (of which there is a limit), and after that until
/// its bucket would be full again, at most ``ClientLimits/rememberedClients`` such.
struct ClientLedger: Sendable {
  enum Refusal: Sendable, Equatable {
    /// The gateway as a whole has too many connections.
    case tooManyConnections
    /// This client has too many.
    case tooManyConnectionsOfClient
    /// This client was cut off for a flood a moment ago.
    case cutOff
  }

  private struct Account: Sendable {
    var connections = 0
    var bucket: TokenBucket?
    var calls: CallsOfClient?
    var staysOutUntil = NIODeadline.distantPast
  }

  let limits: ClientLimits
  private(set) var connections = 0
  private var accounts: [ClientKey: Account] = [:]
  private var idleAccounts = 0

  init(limits: ClientLimits) {
    self.limits = limits
  }

  /// Clients that are remembered, connected or not.
  var clients: Int { accounts.count }

  mutating func connect(_ key: ClientKey, at now: NIODeadline) -> Refusal? {
    guard connections < limits.connections else { return .tooManyConnections }
    guard accounts[key, default: Account()].staysOutUntil <= now else { return .cutOff }
    guard accounts[key, default: Account()].connections < limits.connectionsPerClient else {
      return .tooManyConnectionsOfClient
    }
    var account = accounts[key] ?? Account(bucket: newBucket(at: now))
    if account.connections == 0, accounts[key] != nil { idleAccounts -= 1 }
    account.connections += 1
    accounts[key] = account
    connections += 1
    return nil
  }

  mutating func disconnect(_ key: ClientKey, at now: NIODeadline) {
    guard var account = accounts[key], account.connections > 0 else { return }
    connections -= 1
    account.connections -= 1
    accounts[key] = account
    guard account.connections == 0 else { return }
    idleAccounts += 1
    if Self.saysNothing(account, at: now) { forget(key) }
    if idleAccounts > limits.rememberedClients { sweep(at: now) }
  }

  /// A connected client was cut off for a flood.
  mutating func keepOut(_ key: ClientKey, at now: NIODeadline) {
    accounts[key]?.staysOutUntil = now + limits.pause
  }

  /// Whether an account without connections is as good as a new one.
  private static func saysNothing(_ account: Account, at now: NIODeadline) -> Bool {
    var bucket = account.bucket
    return account.staysOutUntil <= now && bucket?.isFull(at: now) ?? true
  }

  /// Counts one request of a connected client.
  /// - Returns: nil when it may go ahead, else how long the client is to wait.
  mutating func request(_ key: ClientKey, at now: NIODeadline) -> TimeAmount? {
    accounts[key]?.bucket?.take(at: now)
  }

  /// The count of a connected client's calls, shared by its connections.
  mutating func calls(of key: ClientKey) -> CallsOfClient {
    if let calls = accounts[key]?.calls { return calls }
    let calls = CallsOfClient(limit: limits.callsPerClient)
    accounts[key]?.calls = calls
    return calls
  }

  private func newBucket(at now: NIODeadline) -> TokenBucket? {
    guard limits.requestsPerSecond > 0 else { return nil }
    return TokenBucket(rate: limits.requestsPerSecond, capacity: limits.requestBurst, at: now)
  }

  private mutating func forget(_ key: ClientKey) {
    accounts[key] = nil
    idleAccounts -= 1
  }

  /// Forgets the clients whose buckets have filled up again; when that frees less than half, any idle ones, so that
  /// sweeps stay rare.
  private mutating func sweep(at now: NIODeadline) {
    for (key, account) in accounts where account.connections == 0 {
      if Self.saysNothing(account, at: now) { forget(key) }
    }
    for (key, account) in accounts where account.connections == 0 && idleAccounts > limits.rememberedClients / 2 {
      _ = account
      forget(key)
    }
  }
}
