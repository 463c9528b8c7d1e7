import FoundationEssentials
import Logging
import Telemetry
import Testing

@Suite("Log records")
struct LogRecordTests {
  private func record(_ message: String, _ metadata: Logger.Metadata = [:]) -> LogRecord {
    LogRecord(
      time: UTCTime(millisecondsSinceEpoch: 1_763_841_413_042),
      level: .warning,
      service: "vigil-test",
      label: "part",
      message: message,
      metadata: metadata
    )
  }

  @Test("as JSON")
  func json() {
    let line = String(decoding: record("hello", ["b": "x", "a": .stringConvertible(3)]).json(), as: UTF8.self)
    #expect(
      line == """
        {"time":"2025-11-22T19:56:53.042Z","level":"warning","service":"vigil-test","logger":"part",\
        "message":"hello","a":3,"b":"x"}

        """
    )
  }

  @Test("values keep their types, and keys of the record's own are kept apart")
  func jsonValues() throws {
    let metadata: Logger.Metadata = [
      "list": .array(["x", .stringConvertible(true)]),
      "map": .dictionary(["k": "v"]),
      "half": .stringConvertible(0.5),
      "nan": .stringConvertible(Double.nan),
      "level": "mine",
    ]
    let line = String(decoding: record("m", metadata).json(), as: UTF8.self)
    #expect(line.contains(#""list":["x",true]"#))
    #expect(line.contains(#""map":{"k":"v"}"#))
    #expect(line.contains(#""half":0.5"#))
    #expect(line.contains(#""nan":"nan""#))
    #expect(line.contains(#""field.level":"mine""#))
  }

  @Test(
    "any text survives JSON",
    arguments: ["\"quoted\" \\ back", "line\nbreak\r\ttab", "\u{0}\u{1f}\u{7f}", "é 漢字 🕊", "</script>", ""]
  )
  func jsonEscapes(text: String) throws {
    struct Line: Decodable {
      var message: String
      var field: String
    }
    let bytes = record(text, ["field": .string(text)]).json()
    #expect(bytes.filter { $0 == UInt8(ascii: "\n") }.count == 1)
    let line = try JSONDecoder().decode(Line.self, from: Data(bytes))
    #expect(line.message == text)
    #expect(line.field == text)
  }

  @Test(
    "as text",
    arguments: [
      ("v", "k=v"), ("", #"k="""#), ("a b", #"k="a b""#), ("a=b", #"k="a=b""#),
      ("say \"x\"", #"k="say \"x\"""#), ("a\nb", #"k="a\nb""#), ("\u{1b}[31m", #"k="\u{1b}[31m""#),
      ("\u{9b}x", #"k=\u{9b}x"#), ("é", "k=é"),
    ]
  )
  func text(value: String, field: String) {
    let line = String(decoding: record("hello", ["k": .string(value)]).text(), as: UTF8.self)
    #expect(line == "2025-11-22T19:56:53.042Z WARN  hello \(field)\n")
  }

  @Test("a message cannot forge a line")
  func textMessage() {
    let line = String(decoding: record("a\nb").text(), as: UTF8.self)
    #expect(line.hasSuffix("WARN  a\\nb\n"))
  }
}
