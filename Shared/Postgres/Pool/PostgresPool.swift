package import Logging
package import Metrics
import ServiceLifecycle
import Synchronization

/// A bounded set of connections to one database.
///
/// Statements run outside of a transaction share connections: each is pipelined behind the others and closed by
/// its own sync, so that one's failure is not another's (reads that say so, ``PostgresStatement/isReadOnly``, may
/// share a sync; one that fails sends its neighbours back to be run again). Reads that are over in no time
/// (``PostgresStatement/isBrief``) gather on few connections; others go to the least busy. A transaction has a connection
/// to itself.
///
/// The pool keeps its minimum of connections open, opens more while all are busy, checks idle ones, replaces those that
/// break and goes on trying, with back-off, while the server is away. Callers wait for a connection until their
/// deadline or the configured limit. A statement that provably did not take effect, and a read that may or may not have run, is
/// run again on another connection; anything else whose connection breaks fails with `connectionLost`.
package final class PostgresPool: Service, PostgresExecutor {
  typealias Machine = PoolStateMachine<PostgresConnection, Waiter>
  typealias Waiter = CheckedContinuation<Result<PostgresConnection, PostgresError>, Never>

  /// Attempts at a statement that did not take effect: a crashed server may be noticed on one connection after the
  /// other.
  private var statementAttempts: Int { configuration.limits.maximumConnections + 4 }

  let configuration: PostgresPoolConfiguration
  let logger: Logger
  let metrics: PostgresMetrics
  let reactor: Reactor
  let listeners: ListenerHub
  /// Requests to open another connection, for ``run()``.
  let openings: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)
  private let machine: Mutex<Machine>
  private let nextWaiter = Atomic<UInt64>(1)
  /// Why the last attempt to connect failed, for those who wait in vain.
  private let lastFailure = Mutex<PostgresError?>(nil)

  /// - Parameters:
  ///   - name: tells pools of one process apart in metrics.
  ///   - reactor: the thread that the connections live on.
  package init(
    _ configuration: PostgresPoolConfiguration,
    name: String = "default",
    logger: Logger,
    metricsFactory: any MetricsFactory = MetricsSystem.factory,
    reactor: Reactor = .shared
  ) {
    self.configuration = configuration
    self.logger = logger
    self.reactor = reactor
    metrics = PostgresMetrics(pool: name, factory: metricsFactory)
    listeners = ListenerHub()
    openings = AsyncStream.makeStream()
    machine = Mutex(Machine(limits: configuration.limits))
  }

  // MARK: Statements

  package func perform(
    _ requests: [StatementRequest],
    deadline: ContinuousClock.Instant?
  ) async throws(PostgresError) -> [QueryResult] {
    let deadline = PostgresDeadline.effective(deadline)
    if let deadline, deadline <= .now { throw PostgresError(.deadlineExceeded) }
    let use: Machine.Use = requests.allSatisfy { $0.isReadOnly && $0.isBrief } ? .brief : .shared
    var attempt = 1
    while true {
      let connection = try await acquire(use, deadline: deadline)
      do throws(PostgresError) {
        defer { release(connection, use) }
        return try await connection.submit(
          .statements(requests, inTransaction: false), mayShare: attempt == 1, deadline: deadline)
      } catch {
        guard attempt < statementAttempts, error.mayRunAgain(requests) else { throw error }
        attempt += 1
      }
    }
  }

  // MARK: Connections for use

  func acquire(
    _ use: Machine.Use,
    deadline: ContinuousClock.Instant?
  ) async throws(PostgresError) -> PostgresConnection {
    let (connection, toOpen, isStopped) = machine.withLock { machine in
      (machine.acquire(use), machine.connectionsToOpen(), machine.isStopped)
    }
    requestOpenings(toOpen)
    if isStopped { throw PostgresError(.notRunning) }
    if let connection { return connection }
    return try await wait(for: use, deadline: deadline)
  }

  func release(_ connection: PostgresConnection, _ use: Machine.Use) {
    let grants = machine.withLock { $0.release(connection, use) { .now } }
    serve(grants)
  }

  private func wait(
    for use: Machine.Use,
    deadline: ContinuousClock.Instant?
  ) async throws(PostgresError) -> PostgresConnection {
    metrics.waits.increment()
    let start = ContinuousClock.now
    defer { metrics.waitDuration.record(duration: .now - start) }
    let limit = deadline ?? start + configuration.connectionWait
    let id = nextWaiter.wrappingAdd(1, ordering: .relaxed).oldValue
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in
        enqueue(waiter, id: id, use)
        reactor.schedule(at: limit) { [weak self] in self?.giveUp(id) }
        if Task.isCancelled { stopWaiting(id, PostgresError(.cancelled)) }
      }
    } onCancel: {
      stopWaiting(id, PostgresError(.cancelled))
    }
    return try result.get()
  }

  private func enqueue(_ waiter: Waiter, id: UInt64, _ use: Machine.Use) {
    enum Step { case connection(PostgresConnection), waiting(toOpen: Int), refused(PostgresError.Code) }
    let step = machine.withLock { machine -> Step in
      if machine.isStopped { return .refused(.notRunning) }
      // Capacity may have come back since the first look.
      if let connection = machine.acquire(use) { return .connection(connection) }
      guard machine.wait(use, id: id, waiter) else { return .refused(.tooManyWaiters) }
      return .waiting(toOpen: machine.connectionsToOpen())
    }
    switch step {
    case .connection(let connection): waiter.resume(returning: .success(connection))
    case .waiting(let toOpen): requestOpenings(toOpen)
    case .refused(let code): waiter.resume(returning: .failure(PostgresError(code)))
    }
  }

  /// The wait was too long; says why there was no connection when that is known.
  private func giveUp(_ id: UInt64) {
    let isCutOff = machine.withLock { $0.openCount == 0 }
    let reason = isCutOff ? lastFailure.withLock { $0 } : nil
    stopWaiting(id, reason ?? PostgresError(.deadlineExceeded))
  }

  private func stopWaiting(_ id: UInt64, _ error: PostgresError) {
    let waiter = machine.withLock { $0.removeWaiter(id) }
    waiter?.resume(returning: .failure(error))
  }

  private func serve(_ grants: [Machine.Grant]) {
    for grant in grants { grant.waiter.resume(returning: .success(grant.connection)) }
  }

  func requestOpenings(_ count: Int) {
    for _ in 0..<count { openings.continuation.yield() }
  }

  // MARK: The set of connections; used by the pool's own tasks

  func change<Result: Sendable>(_ body: (inout Machine) -> Result) -> Result {
    machine.withLock { body(&$0) }
  }

  func opened(_ connection: PostgresConnection) {
    lastFailure.withLock { $0 = nil }
    let (grants, toOpen) = machine.withLock { machine in
      (machine.opened(connection, now: .now), machine.connectionsToOpen())
    }
    serve(grants)
    requestOpenings(toOpen)
  }

  func connectFailed(_ error: PostgresError) {
    lastFailure.withLock { $0 = error }
    machine.withLock { $0.connectFailed() }
  }

  func stop() {
    for waiter in machine.withLock({ $0.stop() }) { waiter.resume(returning: .failure(PostgresError(.notRunning))) }
    openings.continuation.finish()
  }
}

extension PostgresError {
  /// Whether statements that failed with this may be run again without asking: they did not take effect, or have none.
  func mayRunAgain(_ requests: [StatementRequest]) -> Bool {
    switch code {
    case .notExecuted: true
    case .connectionLost: requests.allSatisfy(\.isReadOnly)
    default: false
    }
  }
}
