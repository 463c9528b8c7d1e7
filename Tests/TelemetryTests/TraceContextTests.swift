import Telemetry
import Testing

/// W3C Trace Context, level 1, sections 3.2 and 4.3.
@Suite("traceparent")
struct TraceContextTests {
  static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
  static let span = "00f067aa0ba902b7"

  @Test(
    "is read",
    arguments: [
      ("00-\(trace)-\(span)-01", true),
      ("00-\(trace)-\(span)-00", false),
      ("00-\(trace)-\(span)-ff", true),  // other flags are ignored
      ("00-\(trace)-\(span)-02", false),
      ("01-\(trace)-\(span)-01", true),  // a later version, without more
      ("cc-\(trace)-\(span)-01-what-the-future-brings", true),
    ]
  )
  func reads(header: String, isSampled: Bool) throws {
    let context = try #require(TraceContext(parent: header))
    #expect(context.traceID.description == Self.trace)
    #expect(context.spanID.description == Self.span)
    #expect(context.isSampled == isSampled)
    #expect(context.parent == "00-\(Self.trace)-\(Self.span)-\(isSampled ? "01" : "00")")
  }

  @Test(
    "is refused when malformed",
    arguments: [
      "",
      "00",
      "00-\(trace)-\(span)",
      "00-\(trace)-\(span)-",
      "00-\(trace)-\(span)-1",
      "00-\(trace)-\(span)-001",
      "00-\(trace)-\(span)-0g",
      "00-\(trace)-\(span)-01-more",  // version 0 has no more
      "00-\(trace)-\(span)-01-",
      "ff-\(trace)-\(span)-01",  // version 255 is forbidden
      "0-\(trace)-\(span)-01",
      "0x-\(trace)-\(span)-01",
      "00-\(trace.uppercased())-\(span)-01",
      "00-\(trace)-\(span.uppercased())-01",
      "00-00000000000000000000000000000000-\(span)-01",
      "00-\(trace)-0000000000000000-01",
      "00-\(trace.dropLast())-\(span)-01",
      "00-\(trace)0-\(span)-01",
      "00-\(trace)-\(span.dropLast())-01",
      " 00-\(trace)-\(span)-01",
      "00_\(trace)_\(span)_01",
      "00-é\(trace.dropLast(2))-\(span)-01",
    ]
  )
  func refuses(header: String) {
    #expect(TraceContext(parent: header) == nil)
  }

  @Test("identifiers are never zero and differ")
  func identifiers() {
    var zero = ConstantGenerator(value: 0)
    #expect(TraceID(using: &zero).description == "00000000000000000000000000000001")
    #expect(SpanID(using: &zero).description == "0000000000000001")
    let made = Set((0..<1_000).map { _ in IdentifierSource.make { SpanID(using: &$0) } })
    #expect(made.count == 1_000)
  }

  private struct ConstantGenerator: RandomNumberGenerator {
    let value: UInt64
    mutating func next() -> UInt64 { value }
  }
}
