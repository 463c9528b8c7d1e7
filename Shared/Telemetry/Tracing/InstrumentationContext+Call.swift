package import Tracing

private enum TraceContextKey: InstrumentationContextKey {
  typealias Value = TraceContext
}

private enum RequestIDKey: InstrumentationContextKey {
  typealias Value = RequestID
}

extension InstrumentationContext {
  /// Where in a trace the task is; nil outside of any.
  package var traceContext: TraceContext? {
    get { self[TraceContextKey.self] }
    set { self[TraceContextKey.self] = newValue }
  }

  /// The call that the task serves; nil outside of any.
  package var requestID: RequestID? {
    get { self[RequestIDKey.self] }
    set { self[RequestIDKey.self] = newValue }
  }
}
