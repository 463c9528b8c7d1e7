/// A day of the Gregorian calendar in UTC, or before or after all days.
package struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package var number: Int32

  package init(number: Int32) { self.number = number }

  package static let distantPast = Day(number: .min)
  package static let distantFuture = Day(number: .max)

  package static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}
