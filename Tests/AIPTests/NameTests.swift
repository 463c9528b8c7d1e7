import GRPCCore
import GRPCProtobuf
import Testing

@testable import AIP

@Suite("Names and ids")
struct NameTests {
  private struct VictimName: ResourceName {
    static let pattern = ResourceNamePattern("cases/{case}/victims/{victim}")
    let caseID: RecordID
    let victim: String

    init?(ids: [Substring]) {
      guard let caseID = RecordID(ids[0]) else { return nil }
      self.caseID = caseID
      victim = String(ids[1])
    }

    var description: String { Self.pattern.name(caseID.description, victim) }
  }

  private static let id = "0190b5a2-7c3e-7abc-8def-0123456789ab"

  @Test func readsAndWritesNames() throws {
    let text = "cases/\(Self.id)/victims/a-1"
    let name = try VictimName(parsing: text)
    #expect(name.caseID.description == Self.id)
    #expect(name.victim == "a-1")
    #expect(name.description == text)
  }

  @Test("the one resource of its kind has no id of its own")
  func singletons() {
    let pattern = ResourceNamePattern("cases/{case}/lifecycle")
    #expect(pattern.name("a") == "cases/a/lifecycle")
    #expect(pattern.ids(in: "cases/a/lifecycle") == ["a"])
    for text in [
      "cases/a", "cases/a/", "cases/a/lifecycle/", "cases/a/lifecycle/b", "cases//lifecycle", "cases/a/Lifecycle",
    ] {
      #expect(pattern.ids(in: text) == nil)
    }
  }

  @Test(arguments: [
    "", "/", "cases", "cases/", "cases/\(id)", "cases/\(id)/", "cases/\(id)/victims", "cases/\(id)/victims/",
    "cases/\(id)/victims/a/", "cases/\(id)/victims/a/b", "Cases/\(id)/victims/a", "cases/\(id)/victims/A",
    "cases/\(id)/victims/a b", "cases/\(id)/victims/é", "/cases/\(id)/victims/a", "cases//victims/a",
    "cases/x/victims/a", "cases/\(id)/victims/" + String(repeating: "a", count: 64), "cases/\(id)/victims/%61",
    "//vigil.un.org/cases/\(id)/victims/a", "cases/\(id)/victims/a\u{0}",
  ])
  func refusesNames(_ text: String) throws {
    do {
      _ = try VictimName(parsing: text)
      Issue.record("accepted \(text)")
    } catch {
      #expect(error.code == .invalidArgument)
      #expect(error.reason == .invalidResourceName)
      #expect(error.details.first?.badRequest?.violations.first?.field == "name")
    }
  }

  @Test func readsAndWritesIDs() throws {
    let id = try #require(RecordID(Self.id))
    #expect(id.high == 0x0190_b5a2_7c3e_7abc)
    #expect(id.low == 0x8def_0123_4567_89ab)
    #expect(id.version == 7)
    #expect(id.isStandardVariant)
    #expect(id.description == Self.id)
  }

  @Test(arguments: [
    "", "0190b5a2", "0190B5A2-7c3e-7abc-8def-0123456789ab", "0190b5a27c3e7abc8def0123456789ab",
    "0190b5a2-7c3e-7abc-8def-0123456789a", "0190b5a2-7c3e-7abc-8def-0123456789abc",
    "{0190b5a2-7c3e-7abc-8def-01234567}",
    "0190b5a2-7c3e-7abc-8def_0123456789ab", "0190b5a2-7c3e-7abc-8def-0123456789ag",
    "é190b5a2-7c3e-7abc-8def-0123456789a",
  ])
  func refusesIDs(_ text: String) {
    #expect(RecordID(text) == nil)
  }

  @Test func makesOrderedIDs() {
    let generator = RecordID.Generator()
    var last = RecordID(high: 0, low: 0)
    // A clock that stands still, goes back and goes on.
    let still = Array(repeating: 1_763_800_000_000 as UInt64, count: 10_000)
    for millisecond in still + [1_763_799_999_000, 1_763_800_100_000] {
      let id = generator.next(unixMilliseconds: millisecond)
      #expect(id > last)
      #expect(id.version == 7 && id.isStandardVariant)
      last = id
    }
    #expect(last.high >> 16 == 1_763_800_100_000)
  }

  @Test func makesDistinctIDsFromManyTasks() async {
    let generator = RecordID.Generator()
    let all = await withTaskGroup(of: [RecordID].self) { group in
      for _ in 0..<8 {
        group.addTask { (0..<1000).map { _ in generator.next(unixMilliseconds: 5) } }
      }
      return await group.reduce(into: Set<RecordID>()) { $0.formUnion($1) }
    }
    #expect(all.count == 8000)
  }

  @Test func readsRequestIDs() throws {
    #expect(try RequestID("") == nil)
    let id = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    #expect(try RequestID(id)?.id.description == id)
    for bad in [Self.id, id.uppercased(), "7c9e6679-7425-40de-144b-e07fc1f90ae7", "x", " "] {
      do {
        _ = try RequestID(bad)
        Issue.record("accepted \(bad)")
      } catch {
        #expect(error.reason == .invalidRequestID)
      }
    }
  }
}
