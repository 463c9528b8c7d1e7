import Identity
import Testing

@Suite("Serial numbers of certificates")
struct SerialNumberTests {
  @Test(arguments: [
    ("1", "1"), ("0a", "a"), ("00FF", "ff"), ("190b5a27c3e7abc8def0123456789ab", "190b5a27c3e7abc8def0123456789ab"),
    (String(repeating: "f", count: 40), String(repeating: "f", count: 40)),
    ("00" + String(repeating: "f", count: 40), String(repeating: "f", count: 40)),
  ])
  func haveOneText(_ text: String, _ found: String) {
    #expect(SerialNumber(text)?.description == found)
  }

  @Test(arguments: ["", "0", "000", "g", "-1", "0x1f", "1f 2e", "1f\n", "١", String(repeating: "f", count: 41)])
  func whatIsNoneIsRefused(_ text: String) {
    #expect(SerialNumber(text) == nil)
  }
}
