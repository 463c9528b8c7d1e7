/// A queue in an array: appending and taking from the front cost no more than constant time on average.
struct FIFO<Element> {
  private var storage: [Element?] = []
  private var head = 0

  var count: Int { storage.count - head }
  var isEmpty: Bool { count == 0 }
  var first: Element? { isEmpty ? nil : storage[head] }

  mutating func append(_ element: Element) { storage.append(element) }

  mutating func popFirst() -> Element? {
    guard head < storage.count else { return nil }
    let element = storage[head].take()
    head += 1
    if head == storage.count {
      storage.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 64, head > storage.count / 2 {
      storage.removeFirst(head)
      head = 0
    }
    return element
  }

  /// Changes the first element in place. Does nothing when there is none.
  mutating func modifyFirst<Result>(_ body: (inout Element) -> Result) -> Result? {
    guard head < storage.count, var element = storage[head].take() else { return nil }
    defer { storage[head] = element }
    return body(&element)
  }

  /// Takes out the elements that match, in order.
  mutating func removeAll(where matches: (Element) -> Bool) -> [Element] {
    let all = elements
    let removed = all.filter(matches)
    guard !removed.isEmpty else { return [] }
    storage = all.filter { !matches($0) }
    head = 0
    return removed
  }

  mutating func modifyEach(_ body: (inout Element) -> Void) {
    for index in head..<storage.count {
      guard var element = storage[index].take() else { continue }
      body(&element)
      storage[index] = element
    }
  }

  var elements: [Element] { storage[head...].compactMap { $0 } }
}
