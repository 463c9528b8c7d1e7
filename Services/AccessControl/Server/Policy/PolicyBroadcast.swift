import AIP
import GRPCCore
import Logging
import Policy
import PolicyPostgres
import Postgres
import Records
import Sealing
import ServiceLifecycle
import Synchronization

/// The policy in force, signed: read anew with every change that the database tells of, and signed anew at an interval
/// while nothing changes.
///
/// Run once, beside the server.
final class PolicyBroadcast: Service {
  /// Below the bound beyond which services no longer decide.
  static let interval: Duration = .seconds(5)
  /// After a failure: services wait for the policy.
  private static let retry: Duration = .milliseconds(500)
  private static let channel = "access_policy"

  private struct State {
    var latest: SignedSnapshot?
    var evaluator: PolicyEvaluator?
    var watchers: [UInt64: AsyncStream<SignedSnapshot>.Continuation] = [:]
    var nextWatcher: UInt64 = 0
    var hasEnded = false
  }

  private let pool: PostgresPool
  private let vault: Vault
  private let clock: WallClock
  private let interval: Duration
  private let logger: Logger
  private let state = Mutex(State())

  init(
    pool: PostgresPool, vault: Vault, clock: WallClock, interval: Duration = PolicyBroadcast.interval, logger: Logger
  ) {
    self.pool = pool
    self.vault = vault
    self.clock = clock
    self.interval = interval
    self.logger = logger
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.follow() }
        while !Task.isCancelled {
          let isDone = await self.refresh(isBeat: true)
          try? await Task.sleep(for: isDone ? self.interval : min(self.interval, Self.retry))
        }
        group.cancelAll()
      }
    }
    end()
  }

  /// Reads anew with every change. The first event comes when the server listens: nothing is missed in between.
  private func follow() async {
    for await _ in pool.listen(to: Self.channel) { await refresh(isBeat: false) }
  }

  /// Reads, signs and publishes, unless nothing has changed: then the last is issued again, if it is a beat. A failure is
  /// logged; the next event tries again, and in a moment ``run()``.
  ///
  /// - Returns: whether it did not fail.
  @discardableResult
  func refresh(isBeat: Bool) async -> Bool {
    do {
      let (store, now) = (PolicyStore(pool: pool), PolicyTime(clock.now()))
      if let latest = state.withLock({ $0.latest }), try await store.sequence() == latest.snapshot.sequence {
        guard isBeat else { return true }
        publish(try await PolicySigner.current(pool, vault).sign(latest, issuedAt: now))
      } else {
        let snapshot = try await store.snapshot(at: now)
        publish(try await PolicySigner.current(pool, vault).sign(snapshot))
      }
      return true
    } catch is CancellationError {
    } catch {
      logger.warning("the policy cannot be read", metadata: ["error": "\(error)"])
    }
    return false
  }

  private func publish(_ signed: SignedSnapshot) {
    let snapshot = signed.snapshot
    state.withLock { state in
      if let latest = state.latest {
        // Two reads may end in another order than they began.
        guard (latest.snapshot.sequence, latest.snapshot.issuedAt) < (snapshot.sequence, snapshot.issuedAt) else {
          return
        }
      }
      if state.latest?.snapshot.policy != snapshot.policy { state.evaluator = PolicyEvaluator(snapshot.policy) }
      state.latest = signed
      for watcher in state.watchers.values { watcher.yield(signed) }
    }
  }

  /// The policy to decide by, with what is so at the moment.
  ///
  /// - Throws: UNAVAILABLE (POLICY_UNAVAILABLE) while it has not been read.
  func current() throws(ServiceError) -> (snapshot: PolicySnapshot, evaluator: PolicyEvaluator) {
    let found = state.withLock { state in
      state.latest.flatMap { latest in state.evaluator.map { (latest.snapshot, $0) } }
    }
    guard let found else {
      throw ServiceError(.unavailable, .policyUnavailable, "the policy has not been read yet")
    }
    return found
  }

  /// The latest snapshot, then each that follows; who is slow misses those between.
  func watch() -> AsyncStream<SignedSnapshot> {
    AsyncStream(SignedSnapshot.self, bufferingPolicy: .bufferingNewest(1)) { continuation in
      let id = state.withLock { state -> UInt64? in
        guard !state.hasEnded else { return nil }
        state.nextWatcher += 1
        state.watchers[state.nextWatcher] = continuation
        if let latest = state.latest { continuation.yield(latest) }
        return state.nextWatcher
      }
      guard let id else { return continuation.finish() }
      continuation.onTermination = { [weak self] _ in
        _ = self?.state.withLock { $0.watchers.removeValue(forKey: id) }
      }
    }
  }

  /// Ends every watch, for good.
  func end() {
    let watchers = state.withLock { state in
      state.hasEnded = true
      defer { state.watchers.removeAll() }
      return state.watchers.values.map(\.self)
    }
    for watcher in watchers { watcher.finish() }
  }
}
