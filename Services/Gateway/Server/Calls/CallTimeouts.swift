package import NIOCore

/// How long calls may take.
package struct CallTimeouts: Sendable, Equatable {
  /// What holds for a call without `grpc-timeout`; nil lets it take as long as it likes.
  package var standard: TimeAmount?
  /// What is granted at most, whatever the client asks for.
  package var maximum: TimeAmount?

  package init(standard: TimeAmount? = nil, maximum: TimeAmount? = nil) {
    self.standard = standard
    self.maximum = maximum
  }

  /// What a call gets that asks for `wanted`.
  func granted(_ wanted: TimeAmount?) -> TimeAmount? {
    guard let maximum else { return wanted ?? standard }
    return min(wanted ?? standard ?? maximum, maximum)
  }

  /// When a time-out that begins at `now` is over; never beyond the end of time.
  static func deadline(_ timeout: TimeAmount, from now: NIODeadline) -> NIODeadline {
    let room = NIODeadline.distantFuture.uptimeNanoseconds - now.uptimeNanoseconds
    return timeout.nanoseconds >= 0 && UInt64(timeout.nanoseconds) > room ? .distantFuture : now + timeout
  }
}
