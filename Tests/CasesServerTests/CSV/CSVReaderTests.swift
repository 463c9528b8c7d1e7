import Testing

@testable import CasesServer

@Suite("CSV (RFC 4180, strictly)")
struct CSVReaderTests {
  private static func read(_ bytes: [UInt8], limits: CSVReader.Limits = .init()) throws(CSVError) -> [CSVRecord] {
    var reader = CSVReader(limits: limits)
    return try reader.read(bytes) + reader.finish()
  }

  private static func fields(_ text: String) throws(CSVError) -> [[String]] {
    try read(Array(text.utf8)).map(\.fields)
  }

  @Test(
    arguments: [
      ("", []),
      ("a,b\n", [["a", "b"]]),
      ("a,b", [["a", "b"]]),
      ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
      ("a,b\n1,2\r\n3,4", [["a", "b"], ["1", "2"], ["3", "4"]]),
      ("a,\n,b\n", [["a", ""], ["", "b"]]),
      (",\n", [["", ""]]),
      ("a\n\"\"\n", [["a"], [""]]),
      ("\"a\",\"b,c\"\n", [["a", "b,c"]]),
      ("\"a\"\"b\"\n", [["a\"b"]]),
      ("\"\"\"\"\n", [["\""]]),
      ("\"a\nb\",c\n", [["a\nb", "c"]]),
      ("\"a\r\nb\",c\r\n", [["a\r\nb", "c"]]),
      ("a, b \n", [["a", " b "]]),
      ("a\tb\n", [["a\tb"]]),
      ("Côte,Türkiye\n", [["Côte", "Türkiye"]]),
      ("\u{FEFF}a,b\n", [["a", "b"]]),
      ("\u{FEFF}\"a\",b\n", [["a", "b"]]),
      ("\u{FEFF}", []),
      ("a\n\u{FEFF}b\n", [["a"], ["\u{FEFF}b"]]),
      ("a", [["a"]]),
      ("\"a\"", [["a"]]),
    ] as [(String, [[String]])])
  func reads(_ text: String, _ expected: [[String]]) throws {
    #expect(try Self.fields(text) == expected)
  }

  @Test(
    arguments: [
      ("a\"b\n", .misplacedCharacter, 1),
      ("a,b\"\n", .misplacedCharacter, 1),
      ("\"a\"b\n", .misplacedCharacter, 1),
      ("\"a\" ,b\n", .misplacedCharacter, 1),
      (" \"a\"\n", .misplacedCharacter, 1),
      ("a\rb\n", .misplacedCharacter, 1),
      ("a\r", .misplacedCharacter, 1),
      ("\"a\"\r", .misplacedCharacter, 1),
      ("\"a", .unclosedQuote, 1),
      ("a\n\"b\nc\nd", .unclosedQuote, 2),
      ("a,b\n1\n", .width(expected: 2, found: 1), 2),
      ("a,b\n1,2,3\n", .width(expected: 2, found: 3), 2),
      ("a,b\n1,2\n\n", .width(expected: 2, found: 1), 3),
      ("a,b\n1,2\n3", .width(expected: 2, found: 1), 3),
      ("a,b\n\"x\ny\",2\n3\n", .width(expected: 2, found: 1), 4),
      ("a\u{0}b\n", .notText, 1),
      ("PK\u{3}\u{4}\n", .notText, 1),
      ("a\n\u{1B}[0m\n", .notText, 2),
    ] as [(String, CSVError.Reason, Int)])
  func refuses(_ text: String, _ reason: CSVError.Reason, _ line: Int) {
    #expect(throws: CSVError(reason: reason, line: line)) { try Self.fields(text) }
  }

  @Test(
    arguments: [
      [0xFF, 0xFE, 0x61, 0x00], [0x61, 0xC3, 0x0A], [0xC3, 0x28, 0x0A], [0x61, 0x0A, 0x80, 0x0A], [0xEF, 0xBB, 0x61],
      [0xEF, 0xBB], [0xEF], [0xED, 0xA0, 0x80, 0x0A], [0xC0, 0xAF, 0x0A], [0xF8, 0x88, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func refusesWhatIsNotUTF8(_ bytes: [UInt8]) {
    do {
      _ = try Self.read(bytes)
      Issue.record("accepted \(bytes)")
    } catch {
      #expect(error.reason == .notText)
    }
  }

  /// However the bytes are cut, the records are the same.
  @Test(arguments: 1...7) func readsInPieces(_ size: Int) throws {
    let text = "\u{FEFF}id,name\r\n1,\"Côte \"\"d\"\"\r\nIvoire\"\r\n2,\"\"\r\n3,x"
    let bytes = Array(text.utf8)
    var reader = CSVReader()
    var records: [CSVRecord] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      records += try reader.read(bytes[start..<min(start + size, bytes.count)])
    }
    records += try reader.finish()
    #expect(records == (try Self.read(bytes)))
    #expect(records.map(\.line) == [1, 2, 4, 5])
    #expect(records[1].fields[1] == "Côte \"d\"\r\nIvoire")
  }

  @Test func limitsFields() throws {
    var limits = CSVReader.Limits()
    limits.field = 8
    _ = try Self.read(Array("12345678,x\n".utf8), limits: limits)
    #expect(throws: CSVError(reason: .fieldTooLong(limit: 8), line: 1)) {
      try Self.read(Array("123456789,x\n".utf8), limits: limits)
    }
    // An open quote must not swallow the rest of a large file into memory.
    #expect(throws: CSVError(reason: .fieldTooLong(limit: 8), line: 1)) {
      try Self.read(Array("\"1234567\n9".utf8), limits: limits)
    }
  }

  @Test func limitsRecords() throws {
    var limits = CSVReader.Limits()
    limits.records = 3
    _ = try Self.read(Array("a\n1\n2\n".utf8), limits: limits)
    #expect(throws: CSVError(reason: .tooManyRecords(limit: 2), line: 4)) {
      try Self.read(Array("a\n1\n2\n3\n".utf8), limits: limits)
    }
  }

  @Test func limitsTheHeader() {
    let bytes = [UInt8](repeating: UInt8(ascii: ","), count: 100_000)
    #expect(throws: CSVError.self) { try Self.read(bytes) }
  }

  /// Random bytes are read or refused, never more.
  @Test func survivesNoise() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("ab,\"\r\n é\u{FEFF}".utf8) + [0, 0xFF]
    for _ in 0..<5000 {
      let bytes = (0..<Int.random(in: 0...30, using: &random)).map { _ in alphabet.randomElement() ?? 0 }
      if let records = try? Self.read(bytes) {
        #expect(Set(records.map(\.fields.count)).count <= 1)
      }
    }
  }
}
