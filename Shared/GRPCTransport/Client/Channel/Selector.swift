/// Chooses one of the ready connections. A pure value: the same calls give the same choices.
struct Selector: Sendable {
  private let policy: LoadBalancingPolicy
  private var turn = 0

  init(_ policy: LoadBalancingPolicy) {
    self.policy = policy
  }

  /// - Parameters:
  ///   - ready: in the order of their addresses.
  ///   - load: the calls that a connection carries.
  /// - Returns: `nil` when there is none.
  mutating func choose(
    from ready: [ConnectionID],
    load: (ConnectionID) -> Int,
    using random: inout some RandomNumberGenerator
  ) -> ConnectionID? {
    guard ready.count > 1 else { return ready.first }
    switch policy {
    case .pickFirst:
      return ready.first
    case .roundRobin:
      defer { turn &+= 1 }
      return ready[turn % ready.count]
    case .leastRequest:
      let first = Int.random(in: 0..<ready.count, using: &random)
      // The second is another one, so that two are always compared.
      let step = Int.random(in: 1..<ready.count, using: &random)
      let second = (first + step) % ready.count
      return load(ready[second]) < load(ready[first]) ? ready[second] : ready[first]
    }
  }
}
