import Logging
import Metrics
import ServiceLifecycle

extension PostgresPool {
  /// How long statements in flight may take to finish when the pool shuts down.
  private static var drainTime: Duration { .seconds(5) }

  /// Opens the connections and keeps them until graceful shutdown or cancellation. Run it once.
  package func run() async throws {
    await cancelWhenGracefulShutdown { [self] in
      await withDiscardingTaskGroup { group in
        group.addTask { await self.maintain() }
        group.addTask { await self.runListeners() }
        requestOpenings(change { $0.connectionsToOpen() })
        for await _ in openings.stream {
          group.addTask { await self.open() }
        }
        group.cancelAll()
      }
    }
    stop()
    await drain()
    for connection in change({ $0.connections }) { connection.close() }
  }

  /// Opens one connection, however often it takes.
  private func open() async {
    var backoff = Backoff(configuration)
    while !Task.isCancelled {
      do throws(PostgresError) {
        let connection = try await connect(
          observer: PostgresConnection.Observer(closed: { [weak self] in self?.closed($0, $1) }))
        if change(\.isStopped) { return connection.close() }
        opened(connection)
        // It may have broken before the pool knew it, when nobody could be told.
        if await connection.isClosed { closed(connection, PostgresError(.connectionLost)) }
        return
      } catch {
        connectFailed(error)
        metrics.failures.increment()
        logger.warning("cannot connect to the database", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: backoff.next())
    }
  }

  /// Connects on a thread of its own, because libpq's DNS look-ups block.
  func connect(observer: PostgresConnection.Observer) async throws(PostgresError) -> PostgresConnection {
    let options = ConnectionOptions(configuration)
    let result = await SystemThread.run { [reactor, metrics, configuration] in
      Result { () throws(PostgresError) in
        PostgresConnection(
          try ConnectionHandle.connectBlocking(options),
          reactor: reactor,
          statementCapacity: configuration.preparedStatements,
          metrics: metrics,
          observer: observer
        )
      }
    }
    let connection = try result.get()
    await connection.start()
    return connection
  }

  private func closed(_ connection: PostgresConnection, _ cause: PostgresError) {
    let (wasOurs, toOpen) = change { ($0.closed(connection), $0.connectionsToOpen()) }
    requestOpenings(toOpen)
    guard wasOurs, !change(\.isStopped) else { return }
    metrics.failures.increment()
    logger.warning("lost a database connection", metadata: ["error": "\(cause)"])
  }

  /// Checks and retires idle connections and reports the pool's size, every second.
  private func maintain() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: min(.seconds(1), configuration.healthCheckInterval))
      let now = ContinuousClock.now
      for connection in change({ $0.connectionsToRetire(idleSince: now - configuration.idleTimeout) }) {
        connection.close()
      }
      await check(change { $0.connectionsToCheck(idleSince: now - configuration.healthCheckInterval) })
      let (open, leased, inFlight) = change { ($0.openCount, $0.leasedCount, $0.inFlightCount) }
      metrics.open.record(open)
      metrics.leased.record(leased)
      metrics.inFlight.record(inFlight)
    }
  }

  private func check(_ connections: [PostgresConnection]) async {
    await withDiscardingTaskGroup { group in
      for connection in connections {
        group.addTask {
          await self.check(connection)
          self.release(connection, .shared)
        }
      }
    }
  }

  /// Has the server answer an empty pipeline; closes the connection when it does not.
  func check(_ connection: PostgresConnection) async {
    do {
      _ = try await connection.submit(.control([]), deadline: .now + configuration.healthCheckTimeout)
    } catch  where !Task.isCancelled {
      connection.close()
    } catch {}
  }

  private func drain() async {
    let limit = ContinuousClock.now + Self.drainTime
    // Shielded from the cancellation that ended `run`: what is in flight is to finish.
    await withTaskGroup { group in
      group.addTask {
        while self.change({ $0.inFlightCount }) > 0, .now < limit {
          await withCheckedContinuation { continuation in
            self.reactor.schedule(at: .now + .milliseconds(10)) { continuation.resume() }
          }
        }
      }
    }
  }
}

/// The waits between attempts: doubled each time, with jitter so that clients do not come back all at once.
struct Backoff {
  private var base: Duration
  private let limit: Duration

  init(_ configuration: PostgresPoolConfiguration) {
    base = configuration.minimumBackoff
    limit = configuration.maximumBackoff
  }

  mutating func next() -> Duration {
    defer { base = min(base * 2, limit) }
    return base * Double.random(in: 0.5...1)
  }
}

extension PostgresPoolConfiguration {
  var limits: PostgresPool.Machine.Limits {
    let maximum = max(1, maximumConnections)
    return PostgresPool.Machine.Limits(
      minimumConnections: min(max(0, minimumConnections), maximum),
      maximumConnections: maximum,
      pipelineDepth: max(1, maximumPipelineDepth),
      waiters: max(0, maximumWaiters)
    )
  }
}
