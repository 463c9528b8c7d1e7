import GRPCHealthAPI
import NIOCore
import SwiftProtobuf

/// Asks one instance for its health, again and again, on a connection that calls use too.
final class ProbeCycle {
  private static let unimplemented = 12

  private let pool: UpstreamPool
  private let worker: Worker
  private var next: Scheduled<Void>?
  private var exchange: Exchange?
  private var isStopped = false

  init(pool: UpstreamPool, worker: Worker) {
    self.pool = pool
    self.worker = worker
  }

  private var policy: HealthPolicy { worker.core.settings.health }

  func start() {
    if policy.probes { probe() } else { schedule() }
  }

  func stop() {
    isStopped = true
    next?.cancel()
    exchange?.cancel()
    exchange = nil
  }

  private func probe() {
    let exchange = Exchange(
      path: "/grpc.health.v1.Health/Check", message: [], scheme: worker.core.upstream(of: pool.instance.route).scheme
    ) { [weak self] result in
      self?.ended(result)
    }
    self.exchange = exchange
    exchange.start(on: pool, eventLoop: worker.eventLoop, timeout: policy.probeTimeout, insists: true)
  }

  private func ended(_ result: Result<[[UInt8]], Exchange.Failure>) {
    guard !isStopped else { return }
    exchange = nil
    let fleet = worker.core.fleet
    switch result {
    case .success(let messages):
      if Self.isServing(messages) {
        fleet.probeSucceeded(pool.instance)
      } else {
        fleet.probeFailed(pool.instance, reason: "it says that it is not serving")
      }
    // It answers calls and has no health service: that is health enough.
    case .failure(.status(Self.unimplemented)): fleet.probeSucceeded(pool.instance)
    case .failure(let failure): fleet.probeFailed(pool.instance, reason: failure.description)
    }
    schedule()
  }

  static func isServing(_ messages: [[UInt8]]) -> Bool {
    guard let message = messages.first else { return false }
    return (try? Grpc_Health_V1_HealthCheckResponse(serializedBytes: message))?.status == .serving
  }

  /// With a fifth of jitter, so that the instances of many gateways are not probed in step.
  private func schedule() {
    guard !isStopped else { return }
    let jitter = Double.random(in: 0.9...1.1)
    let interval = pool.instance.isAvailable ? policy.probeInterval : min(policy.probeInterval, policy.returnInterval)
    let delay = TimeAmount.nanoseconds(Int64(Double(interval.nanoseconds) * jitter))
    next = worker.eventLoop.assumeIsolated().scheduleTask(in: delay) { [weak self] in
      guard let self else { return }
      if self.policy.probes { return self.probe() }
      self.worker.core.fleet.tick(self.pool.instance)
      self.schedule()
    }
  }
}

extension Exchange.Failure: CustomStringConvertible {
  var description: String {
    switch self {
    case .noConnection: "it cannot be connected to"
    case .timedOut: "it does not answer in time"
    case .broken: "its answer broke off"
    case .status(let code): "it answers with status \(CallObserver.name(ofStatus: code))"
    }
  }
}
