/// A `timestamptz`: microseconds since 2000-01-01 00:00 UTC, or one of the two infinities.
///
/// Use it rather than `Date` where the microsecond or an infinity counts.
package struct PostgresTimestamp: Hashable, Comparable, Sendable {
  /// Microseconds since 2000-01-01 00:00 UTC, as on the wire.
  package var microsecondsSince2000: Int64

  package init(microsecondsSince2000: Int64) {
    self.microsecondsSince2000 = microsecondsSince2000
  }

  /// Later than every other timestamp.
  package static let infinity = Self(microsecondsSince2000: .max)
  /// Earlier than every other timestamp.
  package static let negativeInfinity = Self(microsecondsSince2000: .min)

  /// Seconds from 1970-01-01 to 2000-01-01.
  static let epochOffset: Int64 = 946_684_800

  /// A point in time as protobuf's `Timestamp` has it. Nanoseconds (0 ..< 1e9) are cut to microseconds; what
  /// lies outside of PostgreSQL's range becomes an infinity.
  package init(secondsSince1970 seconds: Int64, nanoseconds: Int32 = 0) {
    let (sinceEpoch, early) = seconds.subtractingReportingOverflow(Self.epochOffset)
    let (scaled, tooFar) = sinceEpoch.multipliedReportingOverflow(by: 1_000_000)
    let (sum, over) = scaled.addingReportingOverflow(Int64(nanoseconds / 1000))
    guard !early, !tooFar, !over else {
      self = seconds < 0 ? .negativeInfinity : .infinity
      return
    }
    microsecondsSince2000 = sum
  }

  /// Whether this is a point in time rather than an infinity.
  package var isFinite: Bool { self != .infinity && self != .negativeInfinity }

  /// Whole seconds since 1970-01-01 00:00 UTC, rounded down; `nil` for an infinity.
  package var secondsSince1970: Int64? {
    guard isFinite else { return nil }
    return Self.floorDivide(microsecondsSince2000, 1_000_000) + Self.epochOffset
  }

  /// The part below a second, 0 ..< 1e9; 0 for an infinity.
  package var nanoseconds: Int32 {
    guard isFinite else { return 0 }
    let remainder = microsecondsSince2000 % 1_000_000
    return Int32((remainder < 0 ? remainder + 1_000_000 : remainder) * 1000)
  }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  package static func < (a: Self, b: Self) -> Bool { a.microsecondsSince2000 < b.microsecondsSince2000 }
}

extension PostgresTimestamp: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .timestamptz }

  package func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: microsecondsSince2000) }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    guard type == .timestamptz || type == .timestamp else { throw .typeMismatch(column: type) }
    microsecondsSince2000 = try bytes.wholeInteger(Int64.self)
  }
}
