import Logging
import Telemetry
import Testing
import Tracing

@Suite("The log handler")
struct StructuredLogHandlerTests {
  private let output = RecordedOutput()

  private func logger(_ provider: Logger.MetadataProvider? = nil) -> Logger {
    Logger(label: "part") { label in
      var handler = StructuredLogHandler(service: "s", label: label, format: .json, output: output)
      handler.metadataProvider = provider
      return handler
    }
  }

  @Test("the nearer to the call, the stronger")
  func precedence() {
    var logger = logger(Logger.MetadataProvider { ["a": "provider", "b": "provider"] })
    logger[metadataKey: "a"] = "logger"
    logger[metadataKey: "c"] = "logger"
    logger.info("m", metadata: ["b": "call"])
    #expect(output.lines[0].contains(#""a":"provider","b":"call","c":"logger""#))
  }

  @Test("levels below the threshold are not written")
  func threshold() {
    var logger = logger()
    logger.logLevel = .warning
    logger.info("no")
    logger.warning("yes")
    #expect(output.lines.count == 1)
  }

  @Test("lines of a call carry its request id and its place in the trace")
  func callContext() {
    var context = InstrumentationContext.topLevel
    context.callID = CallID(received: "r-1")
    context.traceContext = TraceContext(parent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    InstrumentationContext.$current.withValue(context) {
      logger(.callContext).info("m")
    }
    #expect(
      output.lines[0].contains(
        #""request_id":"r-1","span_id":"00f067aa0ba902b7","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736""#
      )
    )
    logger(.callContext).info("outside")
    #expect(!output.lines[1].contains("request_id"))
  }
}
