import FoundationEssentials
import Postgres

/// The time of day; tests give their own.
struct WallClock: Sendable {
  var now: @Sendable () -> PostgresTimestamp

  /// The system's clock, to the microsecond.
  static let system = WallClock {
    let time = Date().timeIntervalSince1970
    let seconds = time.rounded(.down)
    return PostgresTimestamp(secondsSince1970: Int64(seconds), nanoseconds: Int32((time - seconds) * 1e9))
  }

  /// Whole seconds since 1970.
  var seconds: Int64 { now().secondsSince1970 ?? 0 }
}
