import NIOCore
import Testing

@testable import GatewayServer

@Suite("How long calls may take")
struct CallTimeoutsTests {
  @Test(
    "the client's wish, the standard and the limit",
    arguments: [
      (nil, nil, nil, nil), (5, nil, nil, 5), (nil, 7, nil, 7), (5, 7, nil, 5), (9, 7, 8, 8), (8, 7, 8, 8),
      (nil, nil, 8, 8), (nil, 9, 8, 8),
    ] as [(Int64?, Int64?, Int64?, Int64?)])
  func granted(wanted: Int64?, standard: Int64?, maximum: Int64?, granted: Int64?) {
    let timeouts = CallTimeouts(standard: standard.map { .seconds($0) }, maximum: maximum.map { .seconds($0) })
    #expect(timeouts.granted(wanted.map { .seconds($0) }) == granted.map { .seconds($0) })
  }

  @Test("a huge one ends at the end of time")
  func huge() {
    let now = NIODeadline.uptimeNanoseconds(1_000)
    #expect(CallTimeouts.deadline(.seconds(1), from: now) == now + .seconds(1))
    #expect(CallTimeouts.deadline(.nanoseconds(.max), from: .now()) == .distantFuture)
  }
}
