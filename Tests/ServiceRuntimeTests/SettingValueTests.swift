import Logging
import ServiceRuntime
import Testing

@Suite("Values of settings")
struct SettingValueTests {
  @Test(
    "durations",
    arguments: [
      ("0", Duration.zero, "0"), ("0s", .zero, "0"), ("250ms", .milliseconds(250), "250ms"),
      ("30s", .seconds(30), "30s"), ("5m", .seconds(300), "5m"), ("1h", .seconds(3_600), "1h"),
      ("90s", .seconds(90), "90s"),
      ("60000ms", .seconds(60), "1m"),
    ]
  )
  func durations(text: String, duration: Duration, written: String) {
    #expect(Duration(settingText: text) == duration)
    #expect(duration.settingText == written)
  }

  @Test(arguments: ["", "1", "s", "-1s", "1.5s", "1 s", "1S", "1d", "9223372036854775807h", "٣s"])
  func malformedDurations(text: String) {
    #expect(Duration(settingText: text) == nil)
  }

  @Test(
    "sizes",
    arguments: [
      ("512", 512, "512"), ("64KiB", 65_536, "64KiB"), ("4MiB", 4 << 20, "4MiB"), ("2048KiB", 2 << 20, "2MiB"),
    ]
  )
  func sizes(text: String, bytes: Int, written: String) {
    #expect(ByteCount(settingText: text)?.bytes == bytes)
    #expect(ByteCount(bytes: bytes).settingText == written)
  }

  @Test(arguments: ["", "KiB", "-1", "1KB", "1 KiB", "9999999999999GiB"])
  func malformedSizes(text: String) {
    #expect(ByteCount(settingText: text) == nil)
  }

  @Test(
    "addresses",
    arguments: [
      ("127.0.0.1:8443", "127.0.0.1", 8443), ("localhost:0", "localhost", 0), ("[::1]:65535", "::1", 65_535),
    ]
  )
  func addresses(text: String, host: String, port: Int) {
    #expect(HostPort(settingText: text) == HostPort(host: host, port: port))
    #expect(HostPort(host: host, port: port).settingText == text)
  }

  @Test(arguments: ["", "host", ":1", "host:", "host:x", "host:65536", "host:-1", "::1:80", "[]:80", "a b:1"])
  func malformedAddresses(text: String) {
    #expect(HostPort(settingText: text) == nil)
  }

  @Test("lists, options and words")
  func others() {
    #expect([Int](settingTexts: ["1", "2"]) == [1, 2])
    #expect([Int](settingTexts: ["1", "x"]) == nil)
    #expect(Int?(settingTexts: ["1"]) == .some(.some(1)))
    #expect(Int?(settingTexts: ["x"]) == .none)
    #expect(Bool(settingText: "yes") == nil)
    #expect(Logger.Level(settingText: "warning") == .warning)
    #expect(Logger.Level(settingText: "loud") == nil)
    #expect(String(settingTexts: ["a", "b"]) == nil)
  }
}
