/// The input of a target, from which it takes its choices before the bytes that it tries.
struct FuzzInput {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  /// The next byte; 0 at the end.
  mutating func byte() -> UInt8 {
    rest.popFirst() ?? 0
  }

  /// A choice of `options`.
  mutating func choice<Option>(of options: [Option]) -> Option {
    options[Int(byte()) % options.count]
  }

  /// All that is left.
  var bytes: [UInt8] { Array(rest) }

  /// All that is left as text; what is not UTF-8 is replaced.
  var text: String { String(decoding: rest, as: UTF8.self) }

  /// All that is left, cut into pieces as a network would: their lengths follow from `seed`.
  func pieces(seed: UInt8) -> [ArraySlice<UInt8>] {
    guard seed != 0 else { return [rest] }
    var pieces: [ArraySlice<UInt8>] = []
    var remaining = rest
    var state = UInt32(seed)
    while !remaining.isEmpty {
      state = state &* 1_664_525 &+ 1_013_904_223
      let length = Int(state >> 24) % (Int(seed) + 1) + 1
      pieces.append(remaining.prefix(length))
      remaining = remaining.dropFirst(length)
    }
    return pieces
  }
}
