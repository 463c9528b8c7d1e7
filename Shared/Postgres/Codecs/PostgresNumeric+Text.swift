extension PostgresNumeric: CustomStringConvertible, LosslessStringConvertible {
  /// PostgreSQL's limits: 131,072 digits before the point and 16,383 after it.
  private static let maximumIntegerDigits = 131_072
  private static let maximumScale = 16_383

  /// A whole number.
  package init(_ value: Int64) {
    // An integer's decimal text is always a numeric.
    self = Self(value.description) ?? .notANumber
  }

  /// Reads plain decimal text (`-12.50`; no exponent), `NaN`, `Infinity` or `-Infinity`; `nil` for anything else.
  package init?(_ text: String) {
    switch text {
    case "NaN": self = .notANumber
    case "Infinity": self = .infinity
    case "-Infinity": self = .negativeInfinity
    default: self.init(decimal: text)
    }
  }

  private init?(decimal text: String) {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    let parts = text.utf8.dropFirst(isNegative ? 1 : 0).split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let whole = parts.first.map(Array.init) ?? []
    let fraction = parts.count == 2 ? Array(parts[1]) : []
    guard !whole.isEmpty, parts.count == 1 || !fraction.isEmpty else { return nil }
    guard whole.count <= Self.maximumIntegerDigits, fraction.count <= Self.maximumScale else { return nil }
    guard (whole + fraction).allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    self.init(isNegative: isNegative, whole: whole, fraction: fraction)
  }

  /// Groups ASCII digits by four from the point outwards.
  private init(isNegative: Bool, whole: [UInt8], fraction: [UInt8]) {
    let zero = UInt8(ascii: "0")
    let lead = [UInt8](repeating: zero, count: (4 - whole.count % 4) % 4)
    let tail = [UInt8](repeating: zero, count: (4 - fraction.count % 4) % 4)
    let ascii = lead + whole + fraction + tail
    var digits = stride(from: 0, to: ascii.count, by: 4).map { start in
      ascii[start..<start + 4].reduce(Int16(0)) { $0 * 10 + Int16($1 - zero) }
    }
    var weight = (lead.count + whole.count) / 4 - 1
    while digits.last == 0 { digits.removeLast() }
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    weight -= zeros
    self.init(
      sign: isNegative && !digits.isEmpty ? .negative : .positive,
      weight: digits.isEmpty ? 0 : Int16(weight),
      scale: UInt16(fraction.count),
      digits: digits
    )
  }

  /// Plain decimal text with exactly ``scale`` digits after the point, as PostgreSQL prints it.
  package var description: String {
    switch sign {
    case .notANumber: return "NaN"
    case .positiveInfinity: return "Infinity"
    case .negativeInfinity: return "-Infinity"
    case .positive, .negative: break
    }
    var text = sign == .negative ? "-" : ""
    text += weight < 0 ? "0" : (0...Int(weight)).map { group(at: $0, isFirst: $0 == 0) }.joined()
    guard scale > 0 else { return text }
    let groups = (Int(scale) + 3) / 4
    let fraction = (0..<groups).map { group(at: Int(weight) + 1 + $0, isFirst: false) }.joined()
    return text + "." + fraction.prefix(Int(scale))
  }

  /// Four decimal digits, or fewer at the head of the number.
  private func group(at index: Int, isFirst: Bool) -> String {
    let value = digits.indices.contains(index) ? digits[index] : 0
    let text = String(value)
    return isFirst ? text : String(repeating: "0", count: 4 - text.count) + text
  }
}
