/// A calendar date of which the day, or the month and the day, may be unknown.
///
/// The raw value is year × 10,000 + month × 100 + day with 0 for what is unknown: dates sort by it, a less precise
/// one before the days in it.
struct PartialDate: RawRepresentable, Hashable, Sendable {
  let rawValue: Int32

  /// Nil unless the value is a date.
  init?(rawValue: Int32) {
    self.init(year: Int(rawValue / 10_000), month: Int(rawValue / 100 % 100), day: Int(rawValue % 100))
  }

  /// Nil unless there is such a date: years 1 to 9999, 0 for an unknown month or day.
  init?(year: Int, month: Int = 0, day: Int = 0) {
    guard (1...9999).contains(year), (0...12).contains(month), day >= 0 else { return nil }
    guard month == 0 ? day == 0 : day <= Self.days(inMonth: month, of: year) else { return nil }
    rawValue = Int32(year * 10_000 + month * 100 + day)
  }

  var year: Int { Int(rawValue / 10_000) }
  /// 0 when unknown.
  var month: Int { Int(rawValue / 100 % 100) }
  /// 0 when unknown.
  var day: Int { Int(rawValue % 100) }
  var isDay: Bool { day != 0 }

  /// The raw values of this date and of every more precise one in it.
  var span: ClosedRange<Int32> {
    if day != 0 { return rawValue...rawValue }
    return rawValue...(rawValue + (month != 0 ? 99 : 9999))
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}

extension PartialDate: Comparable {
  static func < (left: PartialDate, right: PartialDate) -> Bool { left.rawValue < right.rawValue }
}

extension PartialDate: CustomStringConvertible {
  /// Reads `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. Nil for anything else.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count <= 3, parts[0].utf8.count == 4, parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }) else {
      return nil
    }
    var numbers = [0, 0, 0]
    for (index, part) in parts.enumerated() {
      let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
      guard part.utf8.allSatisfy(isDigit), let number = Int(part), number > 0 else { return nil }
      numbers[index] = number
    }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    var text = padded(year, 4)
    if month != 0 { text += "-" + padded(month, 2) }
    if day != 0 { text += "-" + padded(day, 2) }
    return text
  }
}

extension PartialDate {
  /// The day of the calendar, by its number since 1970-01-01, counted in years that begin in March. The years 1 to 9999.
  init(daysSince1970 days: Int64) {
    let shifted = min(max(days, -719_162), 2_932_896) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
    rawValue = Int32(year * 10_000 + (month < 10 ? month + 3 : month - 9) * 100 + day)
  }
}
