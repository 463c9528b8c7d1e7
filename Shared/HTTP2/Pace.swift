/// How fast something moves that could move, looked at again and again: a value without a clock.
package struct Pace: Hashable, Sendable {
  /// Looks in a row that must find it too slow before it counts as stalled.
  package static let patience = 4

  /// Bytes moved since the last look.
  package var moved = 0
  private var slowLooks = 0

  package init() {}

  /// - Parameters:
  ///   - isWaiting: whether there is something to move, and nobody but the peer keeps it from moving.
  ///   - minimum: the bytes that should have moved since the last look.
  /// - Returns: whether it has stalled.
  package mutating func look(isWaiting: Bool, minimum: Int) -> Bool {
    self.slowLooks = isWaiting && self.moved < minimum ? self.slowLooks + 1 : 0
    self.moved = 0
    return self.slowLooks >= Self.patience
  }
}
