/// A `numeric`: an exact decimal number of any size with its scale, not-a-number, or an infinity.
///
/// Written and read as decimal text (`"-12.50"`, `"NaN"`, `"Infinity"`); the scale is kept, so `12.5` and `12.50`
/// are different values here although they compare equal in SQL.
package struct PostgresNumeric: Hashable, Sendable {
  enum Sign: UInt16, Sendable {
    case positive = 0x0000
    case negative = 0x4000
    case notANumber = 0xC000
    case positiveInfinity = 0xD000
    case negativeInfinity = 0xF000
  }

  var sign: Sign
  /// The power of 10,000 of the first digit.
  var weight: Int16
  /// Decimal digits after the point.
  package private(set) var scale: UInt16
  /// Digits of base 10,000, without zeros at either end.
  var digits: [Int16]

  init(sign: Sign, weight: Int16 = 0, scale: UInt16 = 0, digits: [Int16] = []) {
    self.sign = sign
    self.weight = weight
    self.scale = scale
    self.digits = digits
  }

  package static let notANumber = Self(sign: .notANumber)
  package static let infinity = Self(sign: .positiveInfinity)
  package static let negativeInfinity = Self(sign: .negativeInfinity)

  /// Whether this is a number rather than `NaN` or an infinity.
  package var isFinite: Bool { sign == .positive || sign == .negative }
}

extension PostgresNumeric: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .numeric }

  package func encode(into bytes: inout [UInt8]) {
    bytes.append(bigEndian: UInt16(digits.count))
    bytes.append(bigEndian: weight)
    bytes.append(bigEndian: sign.rawValue)
    bytes.append(bigEndian: scale)
    for digit in digits { bytes.append(bigEndian: digit) }
  }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    guard type == .numeric else { throw .typeMismatch(column: type) }
    let count = Int(try bytes.integer(UInt16.self))
    guard bytes.byteCount == 8 + 2 * count else { throw .malformed }
    guard let sign = Sign(rawValue: try bytes.integer(UInt16.self, at: 4)) else { throw .malformed }
    if sign != .positive, sign != .negative {
      // The other fields mean nothing then.
      self.init(sign: sign)
      return
    }
    var digits: [Int16] = []
    digits.reserveCapacity(count)
    for index in 0..<count {
      let digit = try bytes.integer(Int16.self, at: 8 + 2 * index)
      guard (0..<10_000).contains(digit) else { throw .malformed }
      digits.append(digit)
    }
    let weight = try bytes.integer(Int16.self, at: 2)
    // As the server normalises numbers: no zeros at the ends, and nothing but zero is without digits.
    guard digits.first != 0, digits.last != 0, !digits.isEmpty || (sign == .positive && weight == 0) else {
      throw .malformed
    }
    self.init(sign: sign, weight: weight, scale: try bytes.integer(UInt16.self, at: 6), digits: digits)
  }
}
