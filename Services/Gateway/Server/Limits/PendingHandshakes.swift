/// What waits for its TLS handshake, up to a limit. Beyond it the oldest goes, not the newest: a handshake takes
/// milliseconds, so whoever has waited longest is the least likely to mean it.
struct PendingHandshakes<Element> {
  let limit: Int
  private var elements: [UInt64: Element] = [:]
  private var next: UInt64 = 0
  /// None is older.
  private var oldest: UInt64 = 0

  init(limit: Int) {
    self.limit = max(limit, 1)
  }

  var count: Int { elements.count }

  /// - Returns: the number to end it with, and what is to be closed to make room.
  mutating func begin(_ element: Element) -> (number: UInt64, evicted: Element?) {
    let evicted = elements.count >= limit ? removeOldest() : nil
    defer { next += 1 }
    elements[next] = element
    return (next, evicted)
  }

  mutating func end(_ number: UInt64) {
    elements[number] = nil
  }

  private mutating func removeOldest() -> Element? {
    while oldest < next {
      defer { oldest += 1 }
      if let element = elements.removeValue(forKey: oldest) { return element }
    }
    return nil
  }
}
