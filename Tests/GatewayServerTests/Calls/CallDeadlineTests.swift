import NIOCore
import Testing

@testable import GatewayServer

@Suite("Deadlines")
struct CallDeadlineTests {
  @Test("grpc-timeout is digits and a unit", arguments: [
    ("1H", .hours(1)), ("2M", .minutes(2)), ("3S", .seconds(3)), ("4m", .milliseconds(4)),
    ("5u", .microseconds(5)), ("99999999n", .nanoseconds(99_999_999)), ("0S", .seconds(0)),
    ("99999999H", .hours(2_000_000)),
    ("", nil), ("S", nil), ("1", nil), ("1s", nil), ("-1S", nil), ("1.5S", nil), ("123456789S", nil), ("1 S", nil),
  ] as [(String, TimeAmount?)])
  func parse(text: String, amount: TimeAmount?) {
    #expect(GRPCTimeoutHeader.parse(Array(text.utf8)) == amount)
  }

  @Test("and is written the same way", arguments: [
    (TimeAmount.nanoseconds(0), "1n"), (.nanoseconds(99_999_999), "99999999n"), (.milliseconds(100), "100000u"),
    (.nanoseconds(100_000_001), "100001u"), (.seconds(100), "100000m"), (.hours(100), "360000S"),
    (.hours(100_000), "99999999S"),
  ])
  func format(amount: TimeAmount, text: String) {
    #expect(String(decoding: GRPCTimeoutHeader.format(amount), as: UTF8.self) == text)
  }

  @Test("the client's wish, the standard and the limit", arguments: [
    (nil, nil, nil, nil, false),
    (5, nil, nil, 5, true),
    (nil, 7, nil, 7, false),
    (5, 7, nil, 5, true),
    (9, 7, 8, 8, false),
    (8, 7, 8, 8, true),
    (nil, nil, 8, 8, false),
    (nil, 9, 8, 8, false),
  ] as [(Int64?, Int64?, Int64?, Int64?, Bool)])
  func effective(timeout: Int64?, standard: Int64?, maximum: Int64?, seconds: Int64?, isClients: Bool) {
    let now = NIODeadline.uptimeNanoseconds(1)
    let deadline = CallDeadline(
      timeout: timeout.map { .seconds($0) }, standard: standard.map { .seconds($0) },
      maximum: maximum.map { .seconds($0) }, from: now)
    #expect(deadline.at == seconds.map { now + .seconds($0) })
    #expect(deadline.isClients == isClients)
  }

  @Test("what remains is never negative, what is huge never overflows")
  func limits() {
    let now = NIODeadline.now()
    let deadline = CallDeadline(timeout: .seconds(1), standard: nil, maximum: nil, from: now)
    #expect(deadline.remaining(at: now + .milliseconds(400)) == .milliseconds(600))
    #expect(deadline.remaining(at: now + .seconds(9)) == .nanoseconds(0))
    let huge = CallDeadline(timeout: .hours(2_000_000), standard: nil, maximum: nil, from: .distantFuture)
    #expect(huge.at == .distantFuture)
  }
}
