package import Tracing

private enum TraceContextKey: InstrumentationContextKey {
  typealias Value = TraceContext
}

private enum CallIDKey: InstrumentationContextKey {
  typealias Value = CallID
}

extension InstrumentationContext {
  /// Where in a trace the task is; nil outside of any.
  package var traceContext: TraceContext? {
    get { self[TraceContextKey.self] }
    set { self[TraceContextKey.self] = newValue }
  }

  /// The call that the task serves; nil outside of any.
  package var callID: CallID? {
    get { self[CallIDKey.self] }
    set { self[CallIDKey.self] = newValue }
  }
}
