/// A `date`: days since 2000-01-01 in the proleptic Gregorian calendar, or one of the two infinities.
package struct PostgresDate: Hashable, Comparable, Sendable {
  /// Days since 2000-01-01, as on the wire.
  package var daysSince2000: Int32

  package init(daysSince2000: Int32) { self.daysSince2000 = daysSince2000 }

  /// Later than every other date.
  package static let infinity = Self(daysSince2000: .max)
  /// Earlier than every other date.
  package static let negativeInfinity = Self(daysSince2000: .min)

  /// Days from 1970-01-01 to 2000-01-01.
  private static let epochOffset = 10_957

  /// The date, or `nil` when there is no such day (30 February) or it lies outside of years -4712 … 9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (-4712...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    guard day <= Self.days(inMonth: month, of: year) else { return nil }
    daysSince2000 = Int32(Self.daysSince1970(year, month, day) - Self.epochOffset)
  }

  /// Whether this is a day rather than an infinity.
  package var isFinite: Bool { self != .infinity && self != .negativeInfinity }

  /// Year, month 1 … 12 and day 1 … 31; `nil` for an infinity.
  package var components: (year: Int, month: Int, day: Int)? {
    guard isFinite else { return nil }
    return Self.civil(fromDaysSince1970: Int(daysSince2000) + Self.epochOffset)
  }

  package static func < (a: Self, b: Self) -> Bool { a.daysSince2000 < b.daysSince2000 }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so that the leap day
  // comes last; eras are of 400 years = 146,097 days.
  private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func civil(fromDaysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }
}

extension PostgresDate: CustomStringConvertible {
  /// ISO 8601 (`2021-08-18`), or `infinity` or `-infinity`.
  package var description: String {
    guard let (year, month, day) = components else { return self == .infinity ? "infinity" : "-infinity" }
    func padded(_ value: Int, to width: Int) -> String {
      let digits = String(value.magnitude)
      return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }
}

extension PostgresDate: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .date }

  package func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: daysSince2000) }

  package init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingError) {
    guard type == .date else { throw .typeMismatch(column: type) }
    daysSince2000 = try bytes.wholeInteger(Int32.self)
  }
}
