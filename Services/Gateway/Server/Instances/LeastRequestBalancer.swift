/// Chooses among the instances of one service the one with the fewest calls in progress.
///
/// The scan starts one place further each time, so that equals take turns. With the instance counts of a service
/// (tens, not thousands) a full scan is exact and as cheap as sampling.
struct LeastRequestBalancer: Sendable {
  private var start = 0

  init(start: Int = 0) {
    self.start = start
  }

  /// The index of the chosen candidate.
  /// - Parameter count: number of instances.
  /// - Parameter load: calls in progress at the instance, or nil when it must not be chosen.
  mutating func pick(among count: Int, load: (Int) -> Int?) -> Int? {
    guard count > 0 else { return nil }
    start = start &+ 1
    var best: (index: Int, load: Int)?
    for step in 0..<count {
      let index = Int((UInt(bitPattern: start) &+ UInt(step)) % UInt(count))
      guard let load = load(index) else { continue }
      if load == 0 { return index }
      if best.map({ load < $0.load }) ?? true { best = (index, load) }
    }
    return best?.index
  }
}
