/// Changes inputs by chance; the same seed makes the same changes.
struct Mutation {
  private var random: SplitMix

  init(seed: UInt64) {
    random = SplitMix(seed: seed)
  }

  /// An input with one to four changes, at times with the end of another one.
  mutating func mutate(_ input: [UInt8], with others: [[UInt8]]) -> [UInt8] {
    var bytes = input
    for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes) }
    if Int.random(in: 0..<4, using: &random) == 0, let other = others.randomElement(using: &random) {
      bytes = bytes.prefix(Int.random(in: 0...bytes.count, using: &random)) + other.suffix(other.count / 2)
    }
    return bytes
  }

  private static let telling: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, 0x22, 0x25, 0x28, 0x2C, 0x3A]

  private mutating func change(_ bytes: inout [UInt8]) {
    let at = Int.random(in: 0...bytes.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
    case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...8, using: &random)))
    case 2: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 16)], at: at)
    case 3 where at < bytes.count: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 4 where at < bytes.count: bytes[at] = Self.telling.randomElement(using: &random) ?? 0
    case _ where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &random)
    default: bytes.append(UInt8.random(in: 0...255, using: &random))
    }
  }
}
