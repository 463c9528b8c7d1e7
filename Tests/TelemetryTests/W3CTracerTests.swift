import Logging
import Synchronization
import Telemetry
import Testing
import Tracing

@Suite("The tracer")
struct W3CTracerTests {
  private struct Carrier: Extractor, Injector {
    func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
    func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) {
      carrier[key] = value
    }
  }

  private let tracer = W3CTracer(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  private let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

  @Test("continues the trace that it is given")
  func continues() throws {
    var context = InstrumentationContext.topLevel
    tracer.extract(["traceparent": parent, "tracestate": "a=1"], into: &context, using: Carrier())
    let span = tracer.startSpan("op", context: context)
    let trace = try #require(span.context.traceContext)
    #expect(trace.traceID.description == "4bf92f3577b34da6a3ce929d0e0e4736")
    #expect(trace.spanID.description != "00f067aa0ba902b7")
    #expect(span.parent?.description == "00f067aa0ba902b7")
    #expect(span.isRecording)

    var headers: [String: String] = [:]
    tracer.inject(span.context, into: &headers, using: Carrier())
    #expect(headers["traceparent"] == trace.parent)
    #expect(headers["tracestate"] == "a=1")
  }

  @Test("starts a trace of its own, not sampled, when it is given none or a malformed one")
  func starts() throws {
    var context = InstrumentationContext.topLevel
    tracer.extract(["traceparent": "00-nonsense", "tracestate": "a=1"], into: &context, using: Carrier())
    #expect(context.traceContext == nil)
    let span = tracer.startSpan("op", context: context)
    let trace = try #require(span.context.traceContext)
    #expect(!trace.isSampled)
    #expect(!span.isRecording)
    #expect(trace.state.header == nil)
  }

  @Test("keeps the parent when the state is malformed")
  func dropsState() throws {
    var context = InstrumentationContext.topLevel
    tracer.extract(["traceparent": parent, "tracestate": "A=1"], into: &context, using: Carrier())
    let trace = try #require(context.traceContext)
    #expect(trace.state.header == nil)
    #expect(trace.parent == parent)
  }

  @Test("a sampled span is one log line, however often it ends")
  func logsSampled() {
    let output = RecordedOutput()
    var logger = Logger(label: "trace") { label in
      StructuredLogHandler(service: "test", label: label, format: .json, output: output)
    }
    logger.logLevel = .debug
    let tracer = W3CTracer(logger: logger)
    var context = InstrumentationContext.topLevel
    tracer.extract(["traceparent": parent], into: &context, using: Carrier())
    let span = tracer.startSpan("op", context: context, ofKind: .server)
    span.setStatus(SpanStatus(code: .ok))
    span.end()
    span.end()
    #expect(output.lines.count == 1)
    #expect(output.lines[0].contains("\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\""))
    #expect(output.lines[0].contains("\"parent_span_id\":\"00f067aa0ba902b7\""))
    #expect(output.lines[0].contains("\"status\":\"ok\""))

    tracer.startSpan("op", context: .topLevel).end()
    #expect(output.lines.count == 1)
  }
}
