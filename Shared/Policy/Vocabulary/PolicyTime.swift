/// A point in time, or before or after all time.
package struct PolicyTime: Hashable, Comparable, Sendable {
  /// Since 1970-01-01 00:00 UTC.
  package var microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static let distantPast = PolicyTime(microseconds: .min)
  package static let distantFuture = PolicyTime(microseconds: .max)

  private static let microsecondsPerDay: Int64 = 86_400_000_000

  /// Midnight UTC at the beginning of the day.
  package init(startOf day: Day) {
    switch day {
    case .distantPast: self = .distantPast
    case .distantFuture: self = .distantFuture
    default: microseconds = Int64(day.number) * Self.microsecondsPerDay
    }
  }

  /// The day in UTC.
  package var day: Day {
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: Self.microsecondsPerDay)
    return Day(number: Int32(clamping: remainder < 0 ? quotient - 1 : quotient))
  }

  /// Later (earlier, if negative), within all time.
  package func advanced(bySeconds seconds: Int64) -> PolicyTime {
    let (scaled, tooFar) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (sum, over) = microseconds.addingReportingOverflow(scaled)
    guard !tooFar, !over else { return seconds < 0 ? .distantPast : .distantFuture }
    return PolicyTime(microseconds: sum)
  }

  package static func < (left: PolicyTime, right: PolicyTime) -> Bool { left.microseconds < right.microseconds }
}
