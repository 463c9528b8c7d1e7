import NIOCore
import Testing

@testable import GatewayServer

@Suite("Waiting between attempts to connect")
struct BackOffTests {
  @Test(
    "doubles up to its longest, give or take a quarter",
    arguments: [
      (0.0, [75, 150, 300, 300]), (0.5, [100, 200, 400, 400]), (1.0, [125, 250, 500, 500]),
    ] as [(Double, [Int64])])
  func doubling(jitter: Double, waits: [Int64]) {
    var backOff = BackOff(first: .milliseconds(100), longest: .milliseconds(400))
    let now = NIODeadline.uptimeNanoseconds(1_000_000_000)
    for wait in waits {
      backOff.failed(at: now, jitter: jitter)
      #expect(backOff.nextAttempt == now + .milliseconds(wait))
      #expect(!backOff.allowsAttempt(at: now + .milliseconds(wait - 1)))
      #expect(backOff.allowsAttempt(at: now + .milliseconds(wait)))
    }
  }

  @Test("is forgotten after success")
  func reset() {
    var backOff = BackOff()
    #expect(backOff.allowsAttempt(at: .distantPast))
    for _ in 0..<100 { backOff.failed(at: .now(), jitter: 1) }
    backOff.reset()
    #expect(backOff == BackOff())
  }
}
