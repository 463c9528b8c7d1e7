import Logging
import Synchronization
package import Tracing

/// One operation of a trace. What is set on a span that is not sampled is forgotten at once.
package final class W3CSpan: Span {
  private struct Recording {
    var name: String
    var attributes = SpanAttributes()
    var status: SpanStatus?
    var hasEnded = false
  }

  package let context: InstrumentationContext
  package let parent: SpanID?
  package let isRecording: Bool

  private let kind: SpanKind
  private let start: UInt64
  private let logger: Logger
  private let recording: Mutex<Recording>

  init(
    operationName: String,
    kind: SpanKind,
    context: InstrumentationContext,
    parent: SpanID?,
    start: UInt64,
    logger: Logger
  ) {
    self.context = context
    self.parent = parent
    self.kind = kind
    self.start = start
    self.logger = logger
    isRecording = context.traceContext?.isSampled ?? false
    recording = Mutex(Recording(name: operationName))
  }

  package var operationName: String {
    get { recording.withLock { $0.name } }
    set { recording.withLock { $0.name = newValue } }
  }

  package var attributes: SpanAttributes {
    get { recording.withLock { $0.attributes } }
    set {
      guard isRecording else { return }
      recording.withLock { $0.attributes = newValue }
    }
  }

  package func setStatus(_ status: SpanStatus) {
    guard isRecording else { return }
    recording.withLock { $0.status = status }
  }

  /// Ends the span; a second end is ignored.
  package func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
    // What nobody reads is not put into words: it would cost a call more than most of what it does.
    guard isRecording, logger.logLevel <= .debug, let finished = finish() else { return }
    let elapsed = instant().nanosecondsSinceEpoch &- start
    var metadata: Logger.Metadata = [
      "span": .string(finished.name),
      "kind": .string("\(kind)"),
      "duration_ms": .stringConvertible(Double(elapsed / 1_000) / 1_000),
    ]
    metadata["parent_span_id"] = parent.map { .stringConvertible($0) }
    metadata["status"] = finished.status.map { .string("\($0.code)") }
    if let trace = context.traceContext {
      metadata["trace_id"] = .stringConvertible(trace.traceID)
      metadata["span_id"] = .stringConvertible(trace.spanID)
    }
    logger.debug("span", metadata: metadata)
  }

  private func finish() -> Recording? {
    recording.withLock { recording in
      guard !recording.hasEnded else { return nil }
      recording.hasEnded = true
      return recording
    }
  }

  // Events, errors and links belong in an exporter, which there is none of; errors are logged where
  // they are mapped.
  package func addEvent(_ event: SpanEvent) {}
  package func addLink(_ link: SpanLink) {}
  package func recordError<Instant: TracerInstant>(
    _ error: any Error,
    attributes: SpanAttributes,
    at instant: @autoclosure () -> Instant
  ) {}
}
