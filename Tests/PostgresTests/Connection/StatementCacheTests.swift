@testable import Postgres
import Testing

@Suite struct StatementCacheTests {
  private func slots(_ types: PostgresType...) -> [PostgresParameters.Slot] {
    types.map { PostgresParameters.Slot(type: $0, length: 4) }
  }

  @Test func theSecondUseIsAHit() {
    var cache = StatementCache(capacity: 2)
    #expect(cache.lookUp("a", slots: []) == .miss(name: "vigil_1", evicted: []))
    #expect(cache.lookUp("a", slots: []) == .hit(name: "vigil_1"))
  }

  @Test func theLeastRecentlyUsedMakesRoom() {
    var cache = StatementCache(capacity: 2)
    _ = cache.lookUp("a", slots: [])
    _ = cache.lookUp("b", slots: [])
    _ = cache.lookUp("a", slots: [])
    #expect(cache.lookUp("c", slots: []) == .miss(name: "vigil_3", evicted: ["vigil_2"]))
    #expect(cache.lookUp("a", slots: []) == .hit(name: "vigil_1"))
  }

  @Test func otherTypesAreAnotherStatement() {
    var cache = StatementCache(capacity: 2)
    _ = cache.lookUp("a", slots: slots(.int8))
    #expect(cache.lookUp("a", slots: slots(.text)) == .miss(name: "vigil_2", evicted: ["vigil_1"]))
    #expect(cache.lookUp("a", slots: slots(.text)) == .hit(name: "vigil_2"))
  }

  @Test func lengthsDoNotMatter() {
    var cache = StatementCache(capacity: 2)
    _ = cache.lookUp("a", slots: [PostgresParameters.Slot(type: .text, length: 1)])
    #expect(cache.lookUp("a", slots: [PostgresParameters.Slot(type: .text, length: -1)]) == .hit(name: "vigil_1"))
  }

  @Test func onlyTheNameThatFailedIsForgotten() {
    var cache = StatementCache(capacity: 2)
    _ = cache.lookUp("a", slots: [])
    cache.forget("a", name: "vigil_9")
    #expect(cache.lookUp("a", slots: []) == .hit(name: "vigil_1"))
    cache.forget("a", name: "vigil_1")
    #expect(cache.lookUp("a", slots: []) == .miss(name: "vigil_2", evicted: []))
  }
}
