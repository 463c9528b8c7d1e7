// Authorization: who calls, and what it may see and do, by the policy that access control streams. It brings together who
// is identified (Identity), what is decided (Policy) and how the policy gets here (`Feed`). A service asks ``Authorizer``
// at the beginning of a method and ``Requester`` for everything after; it imports nothing else for it.

package import AIP
import GRPCCore
package import Identity
package import Policy
import PolicyPostgres
package import Records
import Synchronization
package import Tokens

/// Tells who makes a call and what it may do, by the newest policy; past the bound of its age nobody may do anything.
package final class Authorizer: Sendable {
  private struct State {
    var policy: PolicyGuard
    var watchers: [UInt64: AsyncStream<Void>.Continuation] = [:]
    var nextWatcher: UInt64 = 0
  }

  private let clock: WallClock
  private let state: Mutex<State>
  /// What checks the tokens of callers, by the keys that come with the policy.
  package let tokens: TokenVerifier

  /// - Parameter staleness: the longest, in seconds, that a snapshot is good for.
  package init(staleness: Int64 = 30, clock: WallClock = .system) {
    self.clock = clock
    tokens = TokenVerifier(boundInSeconds: staleness) { PolicyTime(clock.now()) }
    state = Mutex(State(policy: PolicyGuard(boundInSeconds: staleness)))
  }

  /// Decides by one snapshot, as tests do.
  package convenience init(_ snapshot: PolicySnapshot, clock: WallClock = .system) {
    self.init(clock: clock)
    take(snapshot)
  }

  /// The time by which everything is decided.
  package var now: PolicyTime { PolicyTime(clock.now()) }

  /// The policy to decide by.
  ///
  /// - Throws: UNAVAILABLE (POLICY_UNAVAILABLE) while there is none, or none that is fresh.
  package func current() throws(ServiceError) -> PolicyGuard.Current { try current(at: now) }

  /// The last snapshot, however old.
  var last: PolicySnapshot? { state.withLock { $0.policy.last?.snapshot } }

  /// Who makes the call that this task serves, for ``CallPurpose``.
  ///
  /// - Throws: UNAUTHENTICATED for a caller without an identity; UNAVAILABLE as ``current()``; PERMISSION_DENIED for one
  ///   that is not enrolled, or no longer.
  package func requester() throws(ServiceError) -> Requester {
    let caller = Caller.current
    guard caller.isIdentified else { throw .unidentified }
    let now = now
    let current = try current(at: now)
    // A token was good when the call began; a stream lives longer than that.
    if let token = caller.token, current.hasEnded(session: token.session) { throw .tokenRefused }
    guard let subject = current.subject(of: caller, at: now)?.limited(as: caller),
      !current.snapshot.isRevoked(certificate: caller.certificate?.description)
    else { throw .refused }
    return Requester(subject, purpose: CallPurpose.current, current, at: now)
  }

  private func current(at now: PolicyTime) throws(ServiceError) -> PolicyGuard.Current {
    let found = state.withLock { state in
      Result { () throws(PolicyGuard.Unavailable) in try state.policy.current(at: now) }
    }
    do {
      return try found.get()
    } catch {
      throw ServiceError(.unavailable, .policyUnavailable, error.text)
    }
  }
}

// What gives it the policy, and what waits for another.
extension Authorizer {
  /// Takes a snapshot whose signature has been checked.
  ///
  /// - Returns: whether it was taken: an older one than the last is not.
  @discardableResult
  package func take(_ snapshot: PolicySnapshot) -> Bool {
    let isTaken = state.withLock { $0.policy.take(snapshot) }
    if isTaken { trust(snapshot) }
    return isTaken
  }

  /// The last snapshot was issued again.
  func renew(_ sequence: UInt64, issuedAt: PolicyTime) -> Bool {
    let isRenewed = state.withLock { $0.policy.renew(sequence, issuedAt: issuedAt) }
    if isRenewed, let current = try? current() { trust(current.snapshot) }
    return isRenewed
  }

  private func trust(_ snapshot: PolicySnapshot) {
    tokens.take(TokenTrust(snapshot))
    tell()
  }

  /// Has everything that runs under a right look again whether it still has it.
  func tell() {
    let watchers = state.withLock { state in state.watchers.values.map(\.self) }
    for watcher in watchers { watcher.yield() }
  }

  /// An event now and whenever the answer to ``requester()`` may be another. It does not end.
  func changes() -> AsyncStream<Void> {
    AsyncStream(Void.self, bufferingPolicy: .bufferingNewest(1)) { continuation in
      let id = state.withLock { state in
        state.nextWatcher += 1
        state.watchers[state.nextWatcher] = continuation
        return state.nextWatcher
      }
      continuation.yield()
      continuation.onTermination = { [weak self] _ in
        _ = self?.state.withLock { $0.watchers.removeValue(forKey: id) }
      }
    }
  }
}

extension PolicyGuard.Current {
  /// Who makes a call: by its token alone where it has one.
  func subject(of caller: Caller, at now: PolicyTime) -> Subject? {
    if let token = caller.token { return subject(principal: token.principal, at: now) }
    return caller.peer.identity.flatMap { subject(certificate: $0.uri, at: now) }
  }
}

extension Subject {
  /// The same with no other roles than those that the caller's token names, if it names any.
  package func limited(as caller: Caller) -> Subject {
    guard let roles = caller.token?.roles else { return self }
    var subject = self
    subject.limit = ReaderSet(roles.compactMap { ReaderClass(code: $0) })
    return subject
  }
}

extension PolicyGuard.Unavailable {
  /// Why, for callers and operators.
  var text: String {
    switch self {
    case .noSnapshot: "the policy has not been read yet"
    case .stale: "the policy cannot be followed at present"
    case .early: "the policy is from the future: one of the clocks is wrong"
    }
  }
}
