import Telemetry
import Testing

@Suite("x-request-id")
struct CallIDTests {
  @Test("keeps what is harmless", arguments: ["a", "3f2b-77_A.z", String(repeating: "x", count: 64)])
  func keeps(text: String) {
    #expect(CallID(received: text)?.text == text)
  }

  @Test(
    "refuses what could forge a log line or an error",
    arguments: ["", " ", "a b", "a\nb", "a\"b", "é", "<script>", String(repeating: "x", count: 65)]
  )
  func refuses(text: String) {
    #expect(CallID(received: text) == nil)
  }

  @Test("makes distinct ones that it would keep")
  func makes() {
    let first = CallID()
    #expect(first != CallID())
    #expect(CallID(received: first.text) == first)
  }
}
