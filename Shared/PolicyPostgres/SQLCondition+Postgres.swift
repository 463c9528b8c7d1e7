import AIP
import FoundationEssentials
package import Policy
package import Postgres

// PolicyPostgres: what Shared/Policy makes, in the types of Shared/Postgres; so that neither knows of the other.
extension SQLCondition {
  /// Appends the parameters, which the text numbers from where the condition was told to begin.
  package func bind(_ parameters: inout PostgresParameters) {
    for parameter in self.parameters {
      switch parameter {
      case .text(let value): parameters.append(value)
      case .smallint(let value): parameters.append(value)
      case .smallints(let value): parameters.append(value)
      case .date(let value): parameters.append(PostgresDate(value))
      case .timestamp(let value): parameters.append(PostgresTimestamp(value))
      case .uuids(let value): parameters.append(value.map(UUID.init))
      }
    }
  }
}

extension PostgresDate {
  /// The same day; before and after all days are the infinities.
  package init(_ day: Day) {
    switch day {
    case .distantPast: self = .negativeInfinity
    case .distantFuture: self = .infinity
    default: self.init(daysSince2000: Int32(clamping: Int64(day.number) - 10_957))
    }
  }
}

extension Day {
  /// The same day; the infinities are before and after all days.
  package init(_ date: PostgresDate) {
    switch date {
    case .negativeInfinity: self = .distantPast
    case .infinity: self = .distantFuture
    default: self.init(number: Int32(clamping: Int64(date.daysSince2000) + 10_957))
    }
  }
}

extension PostgresTimestamp {
  /// The same time; before and after all time are the infinities.
  package init(_ time: PolicyTime) {
    switch time {
    case .distantPast: self = .negativeInfinity
    case .distantFuture: self = .infinity
    default:
      let (since2000, over) = time.microseconds.subtractingReportingOverflow(946_684_800_000_000)
      self = over ? .negativeInfinity : Self(microsecondsSince2000: since2000)
    }
  }
}

extension PolicyTime {
  /// The same time; the infinities are before and after all time.
  package init(_ time: PostgresTimestamp) {
    switch time {
    case .negativeInfinity: self = .distantPast
    case .infinity: self = .distantFuture
    default:
      let (since1970, over) = time.microsecondsSince2000.addingReportingOverflow(946_684_800_000_000)
      self = over ? .distantFuture : PolicyTime(microseconds: since1970)
    }
  }
}

extension UUID {
  fileprivate init(_ id: RecordID) {
    func byte(_ half: UInt64, _ index: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: half >> (56 - 8 * index)) }
    let (a, b) = (id.high, id.low)
    self.init(
      uuid: (
        byte(a, 0), byte(a, 1), byte(a, 2), byte(a, 3), byte(a, 4), byte(a, 5), byte(a, 6), byte(a, 7),
        byte(b, 0), byte(b, 1), byte(b, 2), byte(b, 3), byte(b, 4), byte(b, 5), byte(b, 6), byte(b, 7)
      ))
  }
}
