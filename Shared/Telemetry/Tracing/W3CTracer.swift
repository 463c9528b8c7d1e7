package import Logging
package import Tracing

/// A tracer that keeps W3C trace context: spans get identifiers, which appear in logs and travel with
/// calls. It exports nothing by itself; a sampled span that ends is one log line at `debug`.
package struct W3CTracer: Tracer {
  private let logger: Logger

  package init(logger: Logger) {
    self.logger = logger
  }

  package func startSpan<Instant: TracerInstant>(
    _ operationName: String,
    context: @autoclosure () -> InstrumentationContext,
    ofKind kind: SpanKind,
    at instant: @autoclosure () -> Instant,
    function: String,
    file fileID: String,
    line: UInt
  ) -> W3CSpan {
    var context = context()
    let parent = context.traceContext
    context.traceContext = IdentifierSource.make { source in
      TraceContext(
        traceID: parent?.traceID ?? TraceID(using: &source),
        spanID: SpanID(using: &source),
        isSampled: parent?.isSampled ?? false,
        state: parent?.state ?? TraceState()
      )
    }
    return W3CSpan(
      operationName: operationName,
      kind: kind,
      context: context,
      parent: parent?.spanID,
      start: instant().nanosecondsSinceEpoch,
      logger: logger
    )
  }

  package func extract<Carrier, Extract: Extractor>(
    _ carrier: Carrier,
    into context: inout InstrumentationContext,
    using extractor: Extract
  ) where Extract.Carrier == Carrier {
    guard let parent = extractor.extract(key: TraceContext.parentHeader, from: carrier) else { return }
    let header = extractor.extract(key: TraceContext.stateHeader, from: carrier)
    let state = header.flatMap { TraceState(headers: CollectionOfOne($0)) } ?? TraceState()
    guard let trace = TraceContext(parent: parent, state: state) else { return }
    context.traceContext = trace
  }

  package func inject<Carrier, Inject: Injector>(
    _ context: InstrumentationContext,
    into carrier: inout Carrier,
    using injector: Inject
  ) where Inject.Carrier == Carrier {
    guard let trace = context.traceContext else { return }
    injector.inject(trace.parent, forKey: TraceContext.parentHeader, into: &carrier)
    guard let state = trace.state.header else { return }
    injector.inject(state, forKey: TraceContext.stateHeader, into: &carrier)
  }

  @available(*, deprecated)
  package func forceFlush() {}
}
