import AIP
import Postgres
import Testing

@testable import CasesServer

@Suite("Tenures of focal points")
struct TenureTests {
  static let mission = Seat.mission(MissionID(rawValue: "untso"))

  static func tenure(
    _ start: Int32, _ end: Int32? = nil, in seat: Seat = mission, id: UInt64 = .random(in: 0 ... .max)
  ) throws -> Tenure {
    Tenure(
      id: RecordID(high: 0, low: id), seat: seat, principal: RecordID(high: 1, low: 1), alternates: [], languages: [],
      start: try #require(PartialDate(rawValue: start)),
      end: try end.map { try #require(PartialDate(rawValue: $0)) }, createTime: .infinity)
  }

  static let pairs: [((Int32, Int32?), (Int32, Int32?), Bool)] = [
    ((20200101, 20200131), (20200201, 20200229), false), ((20200101, 20200201), (20200201, 20200229), true),
    ((20200101, nil), (20200201, nil), true), ((20200101, nil), (20190101, 20191231), false),
    ((20200101, nil), (20190101, 20200101), true), ((20200101, 20200131), (20200110, 20200112), true),
  ]

  @Test("two of one seat overlap when they share a day; those of two seats never do", arguments: pairs)
  func overlap(_ one: (Int32, Int32?), _ two: (Int32, Int32?), _ overlap: Bool) throws {
    let (first, second) = (try Self.tenure(one.0, one.1), try Self.tenure(two.0, two.1))
    #expect(first.overlaps(second) == overlap && second.overlaps(first) == overlap)
    let elsewhere = try Self.tenure(two.0, two.1, in: .senior)
    #expect(!first.overlaps(elsewhere))
    if overlap {
      #expect(throws: TenureRefusal.overlaps(first.id)) { try [first].check(adding: second) }
    } else {
      try [first].check(adding: second)
    }
  }

  @Test("an end is not before the first day, and comes once")
  func end() throws {
    let tenure = try Self.tenure(20200110)
    let first = tenure.start
    let before = try #require(PartialDate(rawValue: 20200109))
    #expect(throws: TenureRefusal.endsBeforeStart(first)) { try tenure.ended(on: before) }
    let ended = try tenure.ended(on: first)
    #expect(ended.end == first && ended.revision == 2)
    #expect(throws: TenureRefusal.hasEnded) { try ended.ended(on: first) }
    #expect(throws: TenureRefusal.nothingToAcknowledge) { try ended.acknowledged(at: .infinity) }
  }

  /// A day, what gap it has with tenures of 10 to 20 January and from 1 March on, and the beginning of the mission.
  static let gaps: [(Int32, Int32?, Int32?, Bool)] = [
    (20200105, 19480529, 19480529, false), (20200105, nil, nil, false), (20200115, 19480529, nil, false),
    (20200121, 19480529, 20200121, true), (20200229, nil, 20200121, true), (20200301, nil, nil, false),
    (20210101, nil, nil, false),
  ]

  @Test("a gap says since when: the day after who was last in office, or the beginning", arguments: gaps)
  func gap(_ day: Int32, _ beginning: Int32?, _ since: Int32?, _ wasHeld: Bool) throws {
    let tenures = [
      try Self.tenure(20200110, 20200120), try Self.tenure(20200301), try Self.tenure(20000101, in: .senior),
    ]
    let date = try #require(PartialDate(rawValue: day))
    let gap = tenures.gap(in: Self.mission, on: date, since: beginning.flatMap { PartialDate(rawValue: $0) })
    let isHeld = (20200110...20200120).contains(day) || day >= 20200301
    #expect((gap == nil) == isHeld)
    if let gap { #expect(gap.since?.rawValue == since && gap.wasHeld == wasHeld) }
  }

  @Test("the day after the last of a month or a year is the first of the next")
  func nextDay() throws {
    for (day, next) in [(20200228, 20200229), (20200229, 20200301), (20201231, 20210101), (20200101, 20200102)] {
      #expect(try #require(PartialDate(rawValue: Int32(day))).nextDay.rawValue == Int32(next))
    }
  }

  @Test("a mission needs one while it is under way, if it is a peacekeeping operation")
  func need() throws {
    func needs(_ day: Int32, _ change: (inout Mission) -> Void = { _ in }) throws -> Bool {
      var mission = Mission(
        id: MissionID(rawValue: "m"), code: "M", displayName: "M", kind: .peacekeepingOperation,
        startDate: PartialDate(rawValue: 20130425), endDate: PartialDate(rawValue: 20231200), isActive: false,
        areDatesReviewed: false, note: "", revision: 1)
      change(&mission)
      return mission.needsFocalPoint(on: try #require(PartialDate(rawValue: day)))
    }
    #expect(try !needs(20130424))
    #expect(try needs(20130425))
    #expect(try needs(20231231))
    #expect(try !needs(20240101))
    #expect(try !needs(20200101) { $0.kind = .specialPoliticalMission })
    #expect(try !needs(20240101) { $0.endDate = nil })
    #expect(try needs(20240101) { ($0.endDate, $0.isActive) = (nil, true) })
  }
}
