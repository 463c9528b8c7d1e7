import Testing

@testable import HTTP2

@Suite("HTTP2StreamTable")
struct HTTP2StreamTableTests {
  @Test("it behaves as a dictionary does", arguments: 0..<20)
  func model(_ seed: Int) {
    var generator = SplitMix(state: UInt64(seed))
    var table = HTTP2StreamTable<Int>()
    var model: [Int32: Int] = [:]
    for step in 0..<2_000 {
      let id = Int32.random(in: 0..<200, using: &generator) * 2 + 1
      let value: Int? = Bool.random(using: &generator) ? step : nil
      table[HTTP2StreamID(id)] = value
      model[id] = value
      let probe = Int32.random(in: 0..<200, using: &generator) * 2 + 1
      #expect(table[HTTP2StreamID(probe)] == model[probe])
    }
    #expect(table.count == model.count)
    #expect(table.streamIDs.map(\.rawValue) == model.keys.sorted())
    #expect(table.values.sorted() == model.values.sorted())
  }

  @Test("a long-lived stream does not make it grow")
  func span() {
    var table = HTTP2StreamTable<Int>()
    table[HTTP2StreamID(1)] = 0
    for id in stride(from: Int32(3), to: 100_000, by: 2) {
      table[HTTP2StreamID(id)] = 1
      table[HTTP2StreamID(id)] = nil
    }
    #expect(table[HTTP2StreamID(1)] == 0)
    #expect(table.count == 1)
  }
}
