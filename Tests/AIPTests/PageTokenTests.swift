import GRPCCore
import Testing

@testable import AIP

@Suite("Page tokens")
struct PageTokenTests {
  private static let now: Int64 = 1_800_000_000
  private static let query = QueryDigest("ListCases", "mission = MINUSMA", "incident_date desc")

  private static func sealer(_ fill: UInt8 = 7) throws -> PageTokenSealer {
    try #require(PageTokenSealer(key: [UInt8](repeating: fill, count: 32)))
  }

  private static func reason(of body: () throws(ServiceError) -> [UInt8]?) -> ErrorReason? {
    do {
      _ = try body()
      return nil
    } catch {
      #expect(error.code == .invalidArgument)
      return error.reason
    }
  }

  @Test(arguments: [[], [1], [UInt8](repeating: 255, count: 200)])
  func comesBack(_ key: [UInt8]) throws {
    let sealer = try Self.sealer()
    let token = try sealer.seal(PageCursor(key: key, query: Self.query), now: Self.now)
    #expect(try sealer.open(token, query: Self.query, now: Self.now) == key)
    #expect(token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") })
  }

  @Test func noTokenIsTheFirstPage() throws {
    #expect(try Self.sealer().open("", query: Self.query, now: Self.now) == nil)
  }

  @Test func twoTokensOfOneCursorDiffer() throws {
    let sealer = try Self.sealer()
    let cursor = PageCursor(key: [1, 2, 3], query: Self.query)
    #expect(try sealer.seal(cursor, now: Self.now) != sealer.seal(cursor, now: Self.now))
  }

  @Test func refusesEveryAlteration() throws {
    let sealer = try Self.sealer()
    let token = try sealer.seal(PageCursor(key: Array("key".utf8), query: Self.query), now: Self.now)
    for index in token.indices {
      var altered = token
      altered.replaceSubrange(index...index, with: token[index] == "A" ? "B" : "A")
      #expect(
        Self.reason { () throws(ServiceError) in
          try sealer.open(altered, query: Self.query, now: Self.now)
        } == .invalidPageToken)
    }
    for length in 1..<token.count {
      let cut = String(token.prefix(length))
      #expect(
        Self.reason { () throws(ServiceError) in
          try sealer.open(cut, query: Self.query, now: Self.now)
        } == .invalidPageToken)
    }
  }

  @Test(arguments: ["x", "====", "not a token", "é", String(repeating: "A", count: 5000), "\u{0}"])
  func refusesWhatIsNoToken(_ text: String) throws {
    let sealer = try Self.sealer()
    #expect(
      Self.reason { () throws(ServiceError) in
        try sealer.open(text, query: Self.query, now: Self.now)
      } == .invalidPageToken)
  }

  @Test func refusesAnotherKey() throws {
    let token = try Self.sealer(1).seal(PageCursor(key: [1], query: Self.query), now: Self.now)
    let other = try Self.sealer(2)
    #expect(
      Self.reason { () throws(ServiceError) in
        try other.open(token, query: Self.query, now: Self.now)
      } == .invalidPageToken)
  }

  @Test(arguments: [
    QueryDigest("ListCases", "mission = MINUSCA", "incident_date desc"),
    QueryDigest("ListCases", "mission = MINUSMA", "incident_date"),
    QueryDigest("ListMissions", "mission = MINUSMA", "incident_date desc"),
    QueryDigest("ListCases", "mission = MINUSMAincident_date desc", ""),
  ])
  func refusesAnotherQuery(_ query: QueryDigest) throws {
    let sealer = try Self.sealer()
    let token = try sealer.seal(PageCursor(key: [1], query: Self.query), now: Self.now)
    #expect(
      Self.reason { () throws(ServiceError) in
        try sealer.open(token, query: query, now: Self.now)
      } == .pageTokenMismatch)
  }

  @Test func expires() throws {
    let sealer = try Self.sealer()
    let token = try sealer.seal(PageCursor(key: [1], query: Self.query), now: Self.now)
    let day: Int64 = 24 * 60 * 60
    #expect(try sealer.open(token, query: Self.query, now: Self.now + day - 1) == [1])
    #expect(
      Self.reason { () throws(ServiceError) in
        try sealer.open(token, query: Self.query, now: Self.now + day)
      } == .pageTokenExpired)
  }

  @Test(arguments: [0, 16, 31, 33]) func needsAWholeKey(_ length: Int) {
    #expect(PageTokenSealer(key: [UInt8](repeating: 0, count: length)) == nil)
  }

  @Test(
    arguments: [
      ([], ""), ([0xFB], "-w"), ([0xFF, 0xEF], "_-8"), ([1, 2, 3], "AQID"), (Array("foobar".utf8), "Zm9vYmFy"),
    ] as [([UInt8], String)])
  func writesBase64URL(_ bytes: [UInt8], _ text: String) {
    #expect(Base64URL.encode(bytes) == text)
    #expect(Base64URL.decode(text) == bytes)
  }

  @Test(arguments: ["A", "AB", "AQIDA", "+w", "/w", "-w=", "-x", "A Q"])
  func refusesOtherSpellings(_ text: String) {
    #expect(Base64URL.decode(text) == nil)
  }
}
