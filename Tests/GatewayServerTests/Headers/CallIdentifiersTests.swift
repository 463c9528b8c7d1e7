import Testing

@testable import GatewayServer

@Suite("Fresh identifiers")
struct CallIdentifiersTests {
  @Test(
    "digits are those of the number",
    arguments: [
      0, 1, 9, 10, 15, 16, 0xff, 0x1234_5678, 0x9abc_def0, 0xffff_ffff, 0xdead_beef, 0xa0a0_9f9f,
    ] as [UInt32])
  func digits(value: UInt32) {
    let digits = CallIdentifiers.digits(value)
    let text = (0..<8).map { UInt8(truncatingIfNeeded: digits >> UInt64(56 - 8 * $0)) }
    let plain = String(value, radix: 16)
    #expect(String(decoding: text, as: UTF8.self) == String(repeating: "0", count: 8 - plain.count) + plain)
  }

  @Test("are of their form, and new each time")
  func form() {
    var identifiers = CallIdentifiers()
    var seen = Set<[UInt8]>()
    for _ in 0..<100 {
      let request = identifiers.newRequestID()
      let trace = identifiers.newTraceParent()
      #expect(RequestIDRule.accepts(request) && request.count == 32)
      #expect(TraceParent.isValid(trace))
      #expect(seen.insert(request).inserted && seen.insert(trace).inserted)
    }
  }
}
