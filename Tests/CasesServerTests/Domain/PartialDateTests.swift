import Testing

@testable import CasesServer

@Suite("Partial dates")
struct PartialDateTests {
  @Test(
    arguments: [
      ("2021-08-18", 20_210_818), ("2021-08", 20_210_800), ("2021", 20_210_000), ("2000-02-29", 20_000_229),
      ("0001-01-01", 10_101), ("9999-12-31", 99_991_231),
    ] as [(String, Int32)])
  func readsAndWrites(_ text: String, _ raw: Int32) throws {
    let date = try #require(PartialDate(text))
    #expect(date.rawValue == raw)
    #expect(date.description == text)
    #expect(PartialDate(rawValue: raw) == date)
  }

  @Test(arguments: [
    "", "-", "21", "2021-", "2021-8", "2021-00", "2021-13", "2021-02-29", "1900-02-29", "2021-04-31", "2021-08-00",
    "2021-08-18-01", "0000", "20210818", "2021/08/18", "+021", "-2021", " 2021", "2021-08-18T00:00",
    "２０２１", "2021-0a",
  ])
  func refuses(_ text: String) {
    #expect(PartialDate(text) == nil)
  }

  @Test(arguments: [0, -1, 20_210_018, 20_211_301, 20_210_832, 99_999_999, .max, .min] as [Int32])
  func refusesRaw(_ raw: Int32) {
    #expect(PartialDate(rawValue: raw) == nil)
  }

  @Test(
    arguments: [
      ("2021", 20_210_000...20_219_999), ("2021-08", 20_210_800...20_210_899), ("2021-08-18", 20_210_818...20_210_818),
    ] as [(String, ClosedRange<Int32>)])
  func spans(_ text: String, _ span: ClosedRange<Int32>) {
    #expect(PartialDate(text)?.span == span)
  }

  @Test func sorts() throws {
    let texts = ["1999", "2000", "2000-01", "2000-01-01", "2000-01-31", "2000-02", "2001-01-01"]
    #expect(texts.shuffled().compactMap { PartialDate($0) }.sorted().map(\.description) == texts)
  }
}

@Suite("Missions and their hosts")
struct MissionHostTests {
  private static func host(
    _ state: String,
    _ role: MissionHost.Role = .hostState,
    from: String? = nil,
    to: String? = nil,
    reviewed: Bool = false
  ) -> MissionHost {
    MissionHost(
      state: state,
      role: role,
      startDate: from.flatMap { PartialDate($0) },
      endDate: to.flatMap { PartialDate($0) },
      isReviewed: reviewed
    )
  }

  @Test(
    arguments: [
      (nil, nil, "2011-07-09", true), ("2011-07-09", nil, "2011-07-09", true), ("2011-07-09", nil, "2011-07-08", false),
      (nil, "2011-07-09", "2011-07-09", true), (nil, "2011-07-09", "2011-07-10", false),
      (nil, "2011-07", "2011-07-31", true), (nil, "2011-07", "2011-08-01", false), (nil, "2011", "2011-12-31", true),
      ("2011-07", nil, "2011-07-01", true), ("2011-07", nil, "2011-06-30", false), ("2011-07-09", nil, "2011", true),
    ] as [(String?, String?, String, Bool)])
  func periods(_ from: String?, _ to: String?, _ day: String, _ expected: Bool) throws {
    let date = try #require(PartialDate(day))
    #expect(Self.host("XAA", from: from, to: to).hosts(on: date) == expected)
  }

  @Test func onlyHostsAndTerritories() throws {
    let date = try #require(PartialDate("2020-01-01"))
    for (role, expected) in [
      (MissionHost.Role.hostState, true), (.territory, true), (.administering, false), (.deFactoAuthority, false),
      (.partyToAgreement, false),
    ] {
      #expect(Self.host("XAA", role).hosts(on: date) == expected)
    }
  }

  @Test func reviewedOnlyIfAllAre() throws {
    let date = try #require(PartialDate("2020-01-01"))
    func states(_ hosts: [MissionHost]) -> HostStates { HostStates(of: .exercise("XM", hosts: hosts), on: date) }
    #expect(states([]).codes == [] && !states([]).areReviewed)
    let both = states([Self.host("XBB", reviewed: true), Self.host("XAA", reviewed: true)])
    #expect(both.codes == ["XAA", "XBB"] && both.areReviewed)
    #expect(!states([Self.host("XAA", reviewed: true), Self.host("XBB")]).areReviewed)
    // One that is not in force does not count.
    #expect(states([Self.host("XAA", reviewed: true), Self.host("XBB", to: "2019")]).areReviewed)
  }

  @Test(arguments: [("MINUSMA", "minusma"), ("UNEF II", "unef-ii"), ("OSESyria", "osesyria")])
  func names(_ code: String, _ id: String) {
    #expect(MissionID(code: code).rawValue == id)
  }

  @Test(arguments: [("UNEF II", 1, "UNEF-II-1974-001"), ("ONUC", 1234, "ONUC-1974-1234")] as [(String, Int32, String)])
  func displayNumbers(_ code: String, _ number: Int32, _ text: String) {
    let series = DisplayNumber.Series(mission: MissionID(code: code), year: 1974)
    #expect(DisplayNumber(series: series, missionCode: code, number: number).description == text)
  }
}

extension Mission {
  /// A fictional mission for tests.
  static func exercise(_ code: String, hosts: [MissionHost] = []) -> Mission {
    Mission(
      id: MissionID(code: code),
      code: code,
      displayName: "Exercise \(code)",
      kind: .peacekeepingOperation,
      isActive: true,
      areDatesReviewed: false,
      note: "",
      revision: 1,
      hosts: hosts
    )
  }
}

@Suite("Days of the calendar")
struct NumberedDayTests {
  @Test(
    "a day of the calendar by its number",
    arguments: [
      (0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (19_675, "2023-11-14"), (-719_162, "0001-01-01"),
      (2_932_896, "9999-12-31"), (2_932_897, "9999-12-31"), (-719_163, "0001-01-01"), (20_148, "2025-03-01"),
    ] as [(Int64, String)])
  func numbered(_ number: Int64, _ text: String) {
    #expect(PartialDate(daysSince1970: number).description == text)
  }
}
