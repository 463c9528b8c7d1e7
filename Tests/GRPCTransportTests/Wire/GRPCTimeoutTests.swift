import Testing

@testable import GRPCTransport

@Suite("GRPCTimeout")
struct GRPCTimeoutTests {
  static let valid: [(String, Duration)] = [
    ("1H", .seconds(3_600)), ("2M", .seconds(120)), ("3S", .seconds(3)), ("4m", .milliseconds(4)),
    ("5u", .microseconds(5)), ("6n", .nanoseconds(6)), ("0n", .zero), ("99999999S", .seconds(99_999_999)),
    ("00000001S", .seconds(1)),
  ]

  @Test("valid values", arguments: Self.valid)
  func parse(_ text: String, _ duration: Duration) {
    #expect(GRPCTimeout.parse(text) == duration)
  }

  @Test(
    "malformed values", arguments: ["", "S", "1", "1s", "-1S", "+1S", "1.5S", "123456789S", " 1S", "1S ", "1 S", "١S"])
  func malformed(_ text: String) {
    #expect(GRPCTimeout.parse(text) == nil)
  }

  static let formatted: [(Duration, String)] = [
    (.zero, "0n"), (.seconds(-1), "0n"), (.nanoseconds(1), "1n"), (.milliseconds(50), "50000000n"),
    (.milliseconds(100), "100000u"), (.seconds(1), "1000000u"), (.seconds(60), "60000000u"),
    (.seconds(100), "100000m"), (.seconds(89_999), "89999000m"), (.seconds(99_999), "99999S"),
    (.seconds(100_000), "100000S"),
    (.seconds(100_000_000), "27778H"), (.seconds(3_600) * 100_000_000_000, "99999999H"),
    (.nanoseconds(100_000_001), "100001u"),
  ]

  @Test("the finest unit that fits, rounded up", arguments: Self.formatted)
  func format(_ duration: Duration, _ text: String) {
    #expect(GRPCTimeout.format(duration) == text)
  }

  @Test("what is written is read back as no less", arguments: 0..<200)
  func roundTrip(_ step: Int) throws {
    let duration = Duration.nanoseconds(Int64(1) << (step % 60)) + .nanoseconds(step * 7_919)
    let parsed = try #require(GRPCTimeout.parse(GRPCTimeout.format(duration)))
    #expect(parsed >= duration)
    #expect(parsed - duration <= duration / 100_000 + .nanoseconds(1_000))
  }
}
