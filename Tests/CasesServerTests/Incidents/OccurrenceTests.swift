import Testing

@testable import CasesServer

@Suite("When something happened, as far as known")
struct OccurrenceTests {
  @Test(
    "what can be said is read, and written as it was",
    arguments: [
      "2020", "2020-05", "2020-05-10", "2020-05-10T00:00", "2020-05-10T23:59", "2020?", "2020-05~", "2020-05-10%",
      "2020-05-10T14:30~", "2020-05-10/2020-05-12", "2020/2021-02", "../2020-05", "2020-05-10T14:30/..",
      "1999~/2000?", "0001/9999",
    ])
  func reads(_ text: String) {
    #expect(Occurrence(text)?.description == text)
  }

  @Test(
    "anything else is not",
    arguments: [
      "", "..", "../..", "/", "2020/", "/2020", "2020/2021/2022", "2020-13", "2020-02-30", "20", "2020-5",
      "2020-05T10:00",
      "2020T10:00", "2020-05-10T24:00", "2020-05-10T10:60", "2020-05-10T1:00", "2020-05-10T10:00:00", "2020??", "~2020",
      "2020 ", "２０２０", "2020-05-10T٠٠:00", "2020-05-10/2020-05-12\u{0}", String(repeating: "2", count: 65),
    ])
  func refuses(_ text: String) {
    #expect(Occurrence(text) == nil)
  }

  @Test(
    "an end that is certainly before the start contradicts it",
    arguments: [
      ("2020-05-10/2020-05-09", true), ("2020-05-10/2020-05", false), ("2020-05-10/2020-05-10", false),
      ("2020-05-10T10:00/2020-05-10T09:59", true), ("2020-05-10T10:00/2020-05-10", false), ("2020/2019", true),
      ("2020-05-10/..", false), ("../2019", false), ("2020-05-10", false),
    ])
  func contradictions(_ text: String, _ isOne: Bool) throws {
    #expect((try #require(Occurrence(text)).contradiction != nil) == isOne)
  }

  @Test("it is made coarser without telling what was finer")
  func coarser() throws {
    let exact = try #require(Occurrence("2020-05-10T14:30~/2020-06"))
    #expect(exact.withoutTimes.description == "2020-05-10~/2020-06")
    #expect(exact.withoutDays.description == "2020-05~/2020-06")
    #expect(try #require(Occurrence("../2020-05-10")).withoutDays.description == "../2020-05")
  }

  @Test(
    "its days are those on which it can have been",
    arguments: [
      ("2020-05-10", 2020_05_10, 2020_05_10), ("2020-05", 2020_05_00, 2020_05_99), ("2020", 2020_00_00, 2020_99_99),
      ("2020-05-10/2020-06", 2020_05_10, 2020_06_99), ("2020-05-10/..", 2020_05_10, 2020_05_10),
      ("../2020-05-10", 2020_05_10, 2020_05_10), ("2020-05/2019", 2020_05_00, 2020_05_00),
    ] as [(String, Int32, Int32)])
  func days(_ text: String, _ first: Int32, _ last: Int32) throws {
    #expect(try #require(Occurrence(text)).days == first...last)
  }

  @Test(
    "a zone is a name of the data base or an offset",
    arguments: [
      ("Africa/Bamako", true), ("UTC", true), ("America/Argentina/Ushuaia", true), ("Etc/GMT+3", true),
      ("+02:00", true),
      ("-11:30", true), ("+14:00", true), ("+14:01", false), ("+2", false), ("", false), ("Africa/", false),
      ("Africa/Bamako ", false), ("../etc", false), ("é", false), ("+02:00~", false),
    ])
  func zones(_ text: String, _ isOne: Bool) {
    #expect((ZoneName(text) != nil) == isOne)
  }

  @Test("a point is one of the earth, and coarse to a tenth of a degree")
  func points() throws {
    let point = try #require(GeoPoint(latitude: 12.3456, longitude: -1.2345, radius: 50))
    #expect(point.coarse == GeoPoint(latitude: 12.3, longitude: -1.2, radius: 8000))
    for (latitude, longitude, radius) in [
      (90.1, 0, 0), (-91, 0, 0), (0, 180.5, 0), (0, -181, 0), (0, 0, -1), (0, 0, 1_000_001), (.nan, 0, 0), (0, .nan, 0),
      (.infinity, 0, 0),
    ] as [(Double, Double, Int32)] {
      #expect(GeoPoint(latitude: latitude, longitude: longitude, radius: radius) == nil)
    }
  }
}
