import AIP
import Policy
import Testing

@testable import CasesServer

@Suite("What tells that two cases are one")
struct LikenessTests {
  private static func traits(_ change: (inout CaseTraits) -> Void = { _ in }) -> CaseTraits {
    var traits = CaseTraits(
      id: RecordID(high: 0, low: 1), displayNumber: "UNTSO-2020-001", state: .open, mission: MissionID(code: "UNTSO"),
      hostStates: ["EGY"], days: Period(from: Day(number: 18_000), until: Day(number: 18_001)), names: [],
      externalIDs: [], areas: [], points: [])
    change(&traits)
    return traits
  }

  private static func days(_ from: Int32, _ until: Int32) -> Period<Day> {
    Period(from: Day(number: from), until: Day(number: until))
  }

  @Test(
    "days lie so far apart",
    arguments: [
      (18_000, 18_001, 0), (18_001, 18_002, 1), (17_993, 17_994, 7), (17_900, 18_100, 0), (18_031, 18_062, 31),
    ])
  func gaps(_ from: Int32, _ until: Int32, _ gap: Int) {
    let other = Self.traits { $0.days = Self.days(from, until) }
    #expect(Self.traits().gap(to: other) == gap && other.gap(to: Self.traits()) == gap)
  }

  /// What is changed of one of two like cases, the features that remain, and the score in hundredths.
  static let table: [(@Sendable (inout CaseTraits) -> Void, [Likeness.Feature], Int)] = [
    ({ _ in }, [.date, .mission], 58),
    ({ $0.days = days(18_004, 18_005) }, [.date, .mission], 44),
    ({ $0.days = days(18_008, 18_009) }, [.mission], 30),
    // A month: half as sure.
    ({ $0.days = days(17_990, 18_020) }, [.date, .mission], 44),
    ({ $0.mission = MissionID(code: "UNEF") }, [.date, .mission], 49),
    ({ ($0.mission, $0.hostStates) = (MissionID(code: "UNIFIL"), ["LBN"]) }, [.date], 40),
  ]

  @Test("each likeness counts by its weight, and all of them together more", arguments: table)
  func scores(_ change: @Sendable (inout CaseTraits) -> Void, _ features: [Likeness.Feature], _ score: Int) {
    let found = Duplicate(Self.traits(change), of: Self.traits())
    #expect(found.likenesses.map(\.feature) == features)
    #expect(Int((found.score * 100).rounded()) == score)
    #expect(found.likenesses.allSatisfy { !$0.explanation.isEmpty && (0...1).contains($0.similarity) })
  }

  @Test("names, identifiers and places are compared where both have them")
  func rest() throws {
    func likeness(
      _ feature: Likeness.Feature, _ one: (inout CaseTraits) -> Void, _ other: (inout CaseTraits) -> Void
    ) -> Double? {
      Duplicate(Self.traits(one), of: Self.traits(other)).likenesses.first { $0.feature == feature }?.similarity
    }
    #expect(likeness(.names, { $0.names = ["a", "b"] }, { $0.names = ["b", "a", "c"] }) == 1)
    #expect(likeness(.names, { $0.names = ["a"] }, { $0.names = ["a"] }) == 0.5)
    #expect(likeness(.names, { $0.names = ["a"] }, { $0.names = ["b"] }) == nil)
    #expect(likeness(.names, { $0.names = ["a"] }, { _ in }) == nil)
    #expect(likeness(.externalID, { $0.externalIDs = ["x", "y"] }, { $0.externalIDs = ["y"] }) == 1)
    #expect(likeness(.place, { $0.areas = ["EGY sinai"] }, { $0.areas = ["EGY sinai"] }) == 1)
    #expect(likeness(.place, { $0.areas = ["EGY sinai"] }, { $0.areas = ["EGY cairo"] }) == nil)
    let (here, near) = (
      try #require(GeoPoint(latitude: 30, longitude: 31, radius: 0)),
      try #require(GeoPoint(latitude: 30.2, longitude: 31, radius: 0))
    )
    let distance = try #require(likeness(.place, { $0.points = [here] }, { $0.points = [near] }))
    #expect((0.55...0.56).contains(distance))
    #expect(likeness(.place, { $0.points = [here] }, { $0.points = [] }) == nil)
  }

  @Test("distances hold near the date line and the poles")
  func distances() throws {
    let (west, east) = (
      try #require(GeoPoint(latitude: 0, longitude: 179.9, radius: 0)),
      try #require(GeoPoint(latitude: 0, longitude: -179.9, radius: 0))
    )
    #expect((22...23).contains(west.kilometres(to: east)))
    let pole = try #require(GeoPoint(latitude: 90, longitude: 0, radius: 0))
    #expect(pole.kilometres(to: pole) == 0)
  }
}
