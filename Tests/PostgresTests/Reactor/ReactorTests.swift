@testable import Postgres
import Testing

@Suite struct ReactorTests {
  @Test func timersComeInOrder() {
    var queue = TimerQueue<Int>()
    let start = ContinuousClock.now
    let order = [5, 3, 9, 1, 7, 2, 8, 4, 6, 0]
    for number in order { queue.add(number, at: start + .seconds(number)) }
    #expect(queue.earliest == start)
    var popped: [Int] = []
    while let next = queue.popDue(at: start + .seconds(7)) { popped.append(next) }
    #expect(popped == Array(0...7))
    #expect(queue.popDue(at: start + .seconds(7.5)) == nil)
    #expect(queue.earliest == start + .seconds(8))
  }

  @Test func tasksMayPreferIt() async {
    let reactor = Reactor.shared
    let isThere = await withTaskExecutorPreference(reactor) { reactor.isIsolatingCurrentContext() }
    #expect(isThere == true)
    #expect(reactor.isIsolatingCurrentContext() == false)
  }

  @Test func timersRunOnItsThread() async {
    let reactor = Reactor.shared
    let isThere = await withCheckedContinuation { continuation in
      reactor.schedule(at: .now) { continuation.resume(returning: reactor.isIsolatingCurrentContext()) }
    }
    #expect(isThere == true)
  }

  @Test func manyTasksRunToTheEnd() async {
    let sum = await withTaskExecutorPreference(Reactor.shared) {
      await withTaskGroup(of: Int.self) { group in
        for number in 0..<1000 {
          group.addTask {
            await Task.yield()
            return number
          }
        }
        return await group.reduce(0, +)
      }
    }
    #expect(sum == 499_500)
  }
}
