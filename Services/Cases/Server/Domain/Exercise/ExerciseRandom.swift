/// Chance that is the same for the same seed on every machine and with every version of the standard library: splitmix64
/// (Steele, Lea, Flood, 2014).
struct ExerciseRandom: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// One of 0 to `bound` - 1, all as likely but for less than one in 2⁴⁰.
  mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(max(1, bound))).high) }

  mutating func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// True in so many of a hundred.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// One of the elements, of which there must be some.
  mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

  /// One of the elements, as likely as its weight says.
  mutating func one<Element>(weighing weighted: [(element: Element, weight: Int)]) -> Element {
    var rest = below(weighted.reduce(0) { $0 + $1.weight })
    for (element, weight) in weighted {
      if rest < weight { return element }
      rest -= weight
    }
    return weighted[weighted.count - 1].element
  }
}
