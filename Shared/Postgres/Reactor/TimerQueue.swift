/// What is to happen at which time: a binary heap by time.
struct TimerQueue<Action> {
  private var heap: [(time: ContinuousClock.Instant, action: Action)] = []

  var earliest: ContinuousClock.Instant? { heap.first?.time }

  mutating func add(_ action: Action, at time: ContinuousClock.Instant) {
    heap.append((time, action))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].time < heap[parent].time else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes out the earliest action when its time has come.
  mutating func popDue(at now: ContinuousClock.Instant) -> Action? {
    guard let first = heap.first, first.time <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    siftDown()
    return first.action
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var smallest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[child].time < heap[smallest].time { smallest = child }
      }
      if smallest == parent { return }
      heap.swapAt(parent, smallest)
      parent = smallest
    }
  }
}
