import GRPCCore
import Identity
import Logging
import Synchronization
import Telemetry
import Tracing

/// One call while it is served: counted and logged once, whichever way it ends.
///
/// A call whose response is never produced, because the caller was gone, ends with this object.
final class ServerCall: Sendable {
  private struct State {
    var caller: Caller?
    var hasEnded = false
  }

  private let descriptor: MethodDescriptor
  private let start = ContinuousClock.now
  private let metrics: RPCMetrics.Method
  private let span: W3CSpan
  private let logger: Logger
  private let state = Mutex(State())

  init(descriptor: MethodDescriptor, metrics: RPCMetrics.Method, span: W3CSpan, logger: Logger) {
    self.descriptor = descriptor
    self.metrics = metrics
    self.span = span
    self.logger = logger
    metrics.start()
  }

  deinit {
    end(.cancelled)
  }

  /// Who calls, once that is known.
  func note(_ caller: Caller) {
    state.withLock { $0.caller = caller }
  }

  func end(_ code: Status.Code) {
    let ended: State? = state.withLock { state in
      guard !state.hasEnded else { return nil }
      state.hasEnded = true
      return state
    }
    guard let ended else { return }
    let elapsed = ContinuousClock.now - start
    metrics.finish(code, after: elapsed)
    if span.isRecording {
      span.setStatus(SpanStatus(code: code == .ok ? .ok : .error))
      span.end()
    }
    log(code, elapsed, ended.caller)
  }

  // Rates and latencies are the metrics' business; a line for each call that went well would be most
  // of a log. Never a payload or a metadata value.
  private func log(_ code: Status.Code, _ elapsed: Duration, _ caller: Caller?) {
    let level: Logger.Level = code == .ok ? .debug : code.isServerFault ? .warning : .info
    guard logger.logLevel <= level else { return }
    let (seconds, attoseconds) = elapsed.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    var metadata: Logger.Metadata = [
      "method": .string(descriptor.fullyQualifiedMethod),
      "code": .string(code.canonicalName),
      "duration_ms": .stringConvertible(Double(microseconds) / 1_000),
    ]
    metadata["caller"] = caller?.peer.identity.map { .string($0.uri) }
    // A system has a name; who a person is has no place in a log.
    if caller?.token != nil { metadata["caller"] = "token" }
    metadata["via"] = caller?.via.map { .string($0.uri) }
    metadata["request_id"] = span.context.callID.map { .string($0.text) }
    metadata["trace_id"] = span.context.traceContext.map { .stringConvertible($0.traceID) }
    metadata["span_id"] = span.context.traceContext.map { .stringConvertible($0.spanID) }
    logger.log(level: level, "call", metadata: metadata)
  }
}

private enum ServerCallKey: InstrumentationContextKey {
  typealias Value = ServerCall
}

extension InstrumentationContext {
  /// The call that the task serves.
  var serverCall: ServerCall? {
    get { self[ServerCallKey.self] }
    set { self[ServerCallKey.self] = newValue }
  }
}
