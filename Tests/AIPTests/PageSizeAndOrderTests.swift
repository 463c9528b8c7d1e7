import GRPCCore
import Testing

@testable import AIP

@Suite("Page sizes, orders, masks, etags")
struct PageSizeAndOrderTests {
  @Test(arguments: [(0, 50), (1, 1), (50, 50), (500, 500), (501, 500), (Int32.max, 500)] as [(Int32, Int)])
  func sizes(_ requested: Int32, _ expected: Int) throws {
    #expect(try PageSize(standard: 50, maximum: 500).resolve(requested) == expected)
  }

  @Test(arguments: [-1, Int32.min]) func refusesNegativeSizes(_ requested: Int32) {
    #expect(throws: ServiceError.self) { try PageSize(standard: 50, maximum: 500).resolve(requested) }
  }

  @Test(
    arguments: [
      ("", []),
      ("  ", []),
      ("date", [("date", false)]),
      ("date asc", [("date", false)]),
      ("date desc", [("date", true)]),
      ("  date   desc , name ", [("date", true), ("name", false)]),
    ] as [(String, [(String, Bool)])])
  func orders(_ text: String, _ expected: [(String, Bool)]) throws {
    let order = try OrderBy(text, sortable: ["date", "name"])
    #expect(order.terms == expected.map { OrderBy.Term(field: $0.0, descending: $0.1) })
  }

  @Test(arguments: [
    "size", "date up", "date desc name", ",", "date,", ",date", "date desc, date", "DATE", "date;name", "date DESC",
    String(repeating: "date ", count: 100),
  ])
  func refusesOrders(_ text: String) {
    do {
      _ = try OrderBy(text, sortable: ["date", "name"])
      Issue.record("accepted \(text)")
    } catch {
      #expect(error.reason == .invalidOrderBy)
      #expect(error.metadata["supported"] == "date, name")
    }
  }

  @Test func masks() throws {
    let writable: Set = ["act", "state"]
    func mask(_ paths: [String]) throws -> Set<String> {
      try FieldMask(paths, populated: ["act", "name"], writable: writable).paths
    }
    #expect(try mask([]) == ["act"])
    #expect(try mask(["*"]) == writable)
    #expect(try mask(["state"]) == ["state"])
    for bad in [["name"], ["state", "x"], ["*", "act"], [""]] {
      #expect(throws: ServiceError.self) { try mask(bad) }
    }
  }

  @Test func etags() throws {
    let etag = Etag(revision: 71)
    #expect(etag.description == "\"1z\"")
    #expect(etag != Etag(revision: 72))
    try etag.check("")
    try etag.check("\"1z\"")
    for stale in ["\"20\"", "1z", "*", " "] {
      do {
        try etag.check(stale)
        Issue.record("accepted \(stale)")
      } catch {
        #expect(error.code == .aborted)
        #expect(error.reason == .etagMismatch)
      }
    }
  }
}
