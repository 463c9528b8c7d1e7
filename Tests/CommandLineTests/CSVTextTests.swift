import Testing

@testable import CommandLineClient

@Suite("CSV")
struct CSVTextTests {
  @Test(
    "quotes what RFC 4180 wants quoted",
    arguments: [
      (["a", "b"], "a,b\r\n"),
      (["", ""], ",\r\n"),
      (["a,b"], "\"a,b\"\r\n"),
      (["say \"yes\""], "\"say \"\"yes\"\"\"\r\n"),
      (["two\nlines"], "\"two\nlines\"\r\n"),
      (["two\r\nlines"], "\"two\r\nlines\"\r\n"),
      (["Côte d’Ivoire", " padded "], "Côte d’Ivoire, padded \r\n"),
    ]
  )
  func record(_ fields: [String], _ text: String) {
    #expect(CSVText.record(fields) == text)
  }
}
