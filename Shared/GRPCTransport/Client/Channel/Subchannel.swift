/// The connection to one address, over its life: made, lost, made again.
struct Subchannel: Sendable {
  enum State: Hashable, Sendable {
    /// Nobody asked for it since it was made or lost.
    case idle
    case connecting(ConnectionID)
    case ready(ConnectionID)
    /// The attempt of this id failed; the next begins when the back-off has passed.
    case waiting(ConnectionID)
  }

  let address: ResolvedAddress
  private(set) var state = State.idle
  /// Why the last attempt failed; gone once a connection stands. While there is one, calls that do
  /// not wait are told of it rather than kept for the next attempt.
  private(set) var failure: ConnectFailure?
  private var backoff: Backoff

  init(address: ResolvedAddress, backoff: Backoff.Configuration) {
    self.address = address
    self.backoff = Backoff(backoff)
  }

  var connection: ConnectionID? {
    if case .ready(let id) = state { id } else { nil }
  }

  var isConnectingAfresh: Bool {
    if case .connecting = state { failure == nil } else { false }
  }

  /// Begins an attempt under `id` if none is under way and no connection stands.
  ///
  /// - Returns: whether an attempt is to be made.
  mutating func connect(as id: ConnectionID) -> Bool {
    guard state == .idle else { return false }
    state = .connecting(id)
    return true
  }

  /// - Returns: whether the connection is the one that was awaited.
  mutating func connected(_ id: ConnectionID) -> Bool {
    guard state == .connecting(id) else { return false }
    state = .ready(id)
    failure = nil
    backoff.reset()
    return true
  }

  /// - Returns: how long to wait before ``waited(_:)``; `nil` for an attempt that no longer counts.
  mutating func failed(
    _ id: ConnectionID,
    _ failure: ConnectFailure,
    using random: inout some RandomNumberGenerator
  ) -> Duration? {
    guard state == .connecting(id) else { return nil }
    state = .waiting(id)
    self.failure = failure
    return backoff.next(using: &random)
  }

  /// - Returns: whether the address may be tried again now.
  mutating func waited(_ id: ConnectionID) -> Bool {
    guard state == .waiting(id) else { return false }
    state = .idle
    return true
  }

  /// The connection takes no more calls.
  ///
  /// - Returns: whether it was the one in use.
  mutating func lost(_ id: ConnectionID) -> Bool {
    guard state == .ready(id) else { return false }
    state = .idle
    return true
  }

  /// Forgets attempt or connection, for an address that is no longer needed.
  ///
  /// - Returns: what is left to be ended.
  mutating func release() -> (abandon: ConnectionID?, drain: ConnectionID?) {
    defer {
      state = .idle
      failure = nil
      backoff.reset()
    }
    return switch state {
    case .idle, .waiting: (nil, nil)
    case .connecting(let id): (id, nil)
    case .ready(let id): (nil, id)
    }
  }
}
