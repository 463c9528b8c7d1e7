@testable import Postgres
import Testing

@Suite struct FIFOTests {
  @Test func firstInFirstOutThroughManyRounds() {
    var queue = FIFO<Int>()
    var (next, expected) = (0, 0)
    for round in 0..<300 {
      for _ in 0...(round % 7) {
        queue.append(next)
        next += 1
      }
      for _ in 0..<(round % 5) where !queue.isEmpty {
        #expect(queue.popFirst() == expected)
        expected += 1
      }
      #expect(queue.count == next - expected)
    }
    #expect(queue.elements == Array(expected..<next))
    #expect(queue.removeAll { $0.isMultiple(of: 2) } == (expected..<next).filter { $0.isMultiple(of: 2) })
    queue.modifyEach { $0 += 1 }
    #expect(queue.elements.allSatisfy { $0.isMultiple(of: 2) })
  }

  @Test func emptyQueuesStayEmpty() {
    var queue = FIFO<Int>()
    #expect(queue.popFirst() == nil)
    #expect(queue.first == nil)
    #expect(queue.modifyFirst { $0 } == nil)
  }
}
