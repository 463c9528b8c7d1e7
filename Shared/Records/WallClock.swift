import FoundationEssentials
package import Postgres

/// The time of day; tests give their own.
package struct WallClock: Sendable {
  package var now: @Sendable () -> PostgresTimestamp

  package init(now: @escaping @Sendable () -> PostgresTimestamp) { self.now = now }

  /// The system's clock, to the microsecond.
  package static let system = WallClock {
    let time = Date().timeIntervalSince1970
    let seconds = time.rounded(.down)
    return PostgresTimestamp(secondsSince1970: Int64(seconds), nanoseconds: Int32((time - seconds) * 1e9))
  }

  /// Whole seconds since 1970.
  package var seconds: Int64 { now().secondsSince1970 ?? 0 }
}

extension PostgresTimestamp {
  /// Milliseconds since 1970, 0 for an infinity and for what lies before.
  package var unixMilliseconds: UInt64 {
    guard let seconds = secondsSince1970, seconds >= 0 else { return 0 }
    return UInt64(seconds) * 1000 + UInt64(nanoseconds / 1_000_000)
  }
}
