/// Where in a trace something happens: what travels in the headers `traceparent` and `tracestate`
/// (W3C Trace Context, level 1).
package struct TraceContext: Hashable, Sendable {
  package static let parentHeader = "traceparent"
  package static let stateHeader = "tracestate"

  package var traceID: TraceID
  package var spanID: SpanID
  /// Whether the caller records this trace, and asks us to.
  package var isSampled: Bool
  /// What tracing systems on the way said to each other; handed on as it is.
  package var state: TraceState

  package init(traceID: TraceID, spanID: SpanID, isSampled: Bool, state: TraceState = TraceState()) {
    self.traceID = traceID
    self.spanID = spanID
    self.isSampled = isSampled
    self.state = state
  }

  /// Reads a `traceparent`. Nil when it is malformed: the receiver then starts a trace of its own.
  ///
  /// A version above 0 is read as far as version 0 goes, as section 4.3 demands.
  package init?(parent: String, state: TraceState = TraceState()) {
    let dash = UInt8(ascii: "-")
    let parts = parent.utf8.split(separator: dash, maxSplits: 4, omittingEmptySubsequences: false).map(Substring.init)
    guard parts.count >= 4, let version = UInt8(twoDigits: parts[0]), version != 0xff else { return nil }
    guard parts.count == 4 || version > 0 else { return nil }
    guard let traceID = TraceID(hexadecimal: parts[1]), let spanID = SpanID(hexadecimal: parts[2]) else {
      return nil
    }
    guard let flags = UInt8(twoDigits: parts[3]) else { return nil }
    self.init(traceID: traceID, spanID: spanID, isSampled: flags & 1 == 1, state: state)
  }

  /// The value of `traceparent`, always of version 0.
  package var parent: String {
    "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")"
  }
}

extension UInt8 {
  /// Reads exactly two lower case hexadecimal digits.
  fileprivate init?(twoDigits text: Substring) {
    let digits = Array(text.utf8)
    guard digits.count == 2, let value = UInt64(hexadecimal: digits[...]) else { return nil }
    self = UInt8(value)
  }
}
