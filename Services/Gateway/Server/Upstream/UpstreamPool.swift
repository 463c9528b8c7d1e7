import HTTP2
import NIOCore

/// The connections of one event loop to one instance, and the calls that wait for one.
///
/// There is one connection as a rule. A further one is made when those there carry as many streams as the instance
/// allows, and calls wait for it; when no more may be made, they wait in the queue of the least busy one.
final class UpstreamPool {
  let instance: Instance
  private unowned let worker: Worker
  private let settings: UpstreamSettings
  private var open: [UpstreamConnection] = []
  private var connecting: UpstreamConnection?
  private var waiting: [any UpstreamCall] = []
  private var backOff = BackOff()
  private var isClosing = false

  init(instance: Instance, worker: Worker, settings: UpstreamSettings) {
    self.instance = instance
    self.worker = worker
    self.settings = settings
  }

  /// Gives the call a connection, now or later, or says that there is none.
  /// - Parameter insists: tries to connect although the last attempt has just failed; for probes, and for calls that
  ///   have failed elsewhere.
  func provide(for call: any UpstreamCall, insists: Bool = false) {
    if let connection = open.first(where: \.hasRoom) { return call.upstreamIsReady(connection) }
    connectIfAllowed(insists: insists)
    guard connecting == nil else { return waiting.append(call) }
    guard let connection = open.filter(\.isUsable).min(by: { $0.callCount < $1.callCount }) else {
      return call.upstreamIsUnavailable()
    }
    call.upstreamIsReady(connection)
  }

  /// The instance is known to be well: forget that it could not be reached.
  func instanceIsWell() {
    backOff.reset()
  }

  /// The instance does not answer: its connections may be dead without anybody having said so. Calls in progress stay
  /// on them, further ones get new connections.
  func instanceIsUnwell() {
    for connection in open { connection.close(grace: nil) }
  }

  /// Lets the calls in progress end and then goes away.
  func close(grace: TimeAmount?) {
    isClosing = true
    for connection in open { connection.close(grace: grace) }
    endIfDone()
  }

  // MARK: Connecting

  private func connectIfAllowed(insists: Bool) {
    guard connecting == nil, !isClosing, open.count < settings.connections else { return }
    guard insists || backOff.allowsAttempt(at: .now()) else { return }
    let connection = UpstreamConnection(pool: self)
    connecting = connection
    UpstreamConnector(address: instance.address, settings: settings, executor: worker.executor)
      .connect(connection) { [self] reason in attemptFailed(connection, reason) }
  }

  private func attemptFailed(_ connection: UpstreamConnection, _ reason: String) {
    guard connecting === connection else { return }
    connecting = nil
    backOff.failed(at: .now(), jitter: .random(in: 0...1))
    worker.instanceFailed(instance, reason)
    // The back-off keeps this from connecting again at once: they get what there is, or nothing.
    serveWaiting()
    endIfDone()
  }

  private func serveWaiting() {
    let calls = waiting
    waiting = []
    for call in calls { provide(for: call) }
  }

  // MARK: From connections

  func opened(_ connection: UpstreamConnection) {
    guard connecting === connection else { return connection.close(grace: .nanoseconds(0)) }
    connecting = nil
    open.append(connection)
    backOff.reset()
    serveWaiting()
    if isClosing { connection.close(grace: nil) }
  }

  /// The instance allows more streams, or fewer.
  func roomChanged() {
    if connecting == nil || open.contains(where: \.hasRoom) { serveWaiting() }
  }

  func closed(_ connection: UpstreamConnection, error: HTTP2Error?) {
    // One that never was up is reported by its connector, which knows why.
    guard let index = open.firstIndex(where: { $0 === connection }) else { return }
    open.remove(at: index)
    if connection.hasLostCalls || error != nil {
      worker.instanceFailed(instance, error?.description ?? "the connection was closed under calls in progress")
    }
    endIfDone()
  }

  private func endIfDone() {
    if isClosing, open.isEmpty, connecting == nil { worker.poolEnded(self) }
  }
}
