import FoundationEssentials

/// A moment as logs write it: RFC 3339 in UTC with milliseconds.
///
/// Written by hand because a log line should not cost a calendar (Howard Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms", days_from_civil).
package struct UTCTime: Hashable, Sendable, CustomStringConvertible {
  private let milliseconds: Int64

  package init(millisecondsSinceEpoch milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static var now: UTCTime {
    UTCTime(millisecondsSinceEpoch: Int64(Date().timeIntervalSince1970 * 1_000))
  }

  package var description: String {
    let (days, inDay) = milliseconds.flooredQuotient(dividingBy: 86_400_000)
    let date = Self.civil(fromDays: days)
    let (hour, inHour) = inDay.flooredQuotient(dividingBy: 3_600_000)
    let (minute, inMinute) = inHour.flooredQuotient(dividingBy: 60_000)
    let (second, millisecond) = inMinute.flooredQuotient(dividingBy: 1_000)
    return "\(date.year.padded(4))-\(date.month.padded(2))-\(date.day.padded(2))"
      + "T\(hour.padded(2)):\(minute.padded(2)):\(second.padded(2)).\(millisecond.padded(3))Z"
  }

  // Years begin in March, so that the day which may be missing is the last.
  private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = (days + 719_468).flooredQuotient(dividingBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

extension Int64 {
  fileprivate func flooredQuotient(dividingBy divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let parts = quotientAndRemainder(dividingBy: divisor)
    return parts.remainder < 0 ? (parts.quotient - 1, parts.remainder + divisor) : parts
  }

  fileprivate func padded(_ width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }
}
