internal import Synchronization

extension RecordID {
  /// Makes version 7 UUIDs: ordered by time, and within a process each larger than the one before, so that records
  /// made together are stored together (RFC 9562, 6.2, method 1).
  package final class Generator: Sendable {
    struct State {
      var millisecond: UInt64 = 0
      var counter: UInt64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// A new identifier; `unixMilliseconds` is the present time, of which the low 48 bits are used.
    package func next(unixMilliseconds: UInt64) -> RecordID {
      let (millisecond, counter) = state.withLock { state in
        state.advance(to: unixMilliseconds & 0xFFFF_FFFF_FFFF)
        return (state.millisecond, state.counter)
      }
      let low = 0b10 << 62 | UInt64.random(in: 0..<1 << 62)
      return RecordID(high: millisecond << 16 | 7 << 12 | counter, low: low)
    }
  }
}

extension RecordID.Generator.State {
  // The counter begins in its lower half so that a millisecond holds at least 2,048 ids; when it runs over, or the
  // clock goes back, the generator runs ahead of the clock rather than out of order.
  mutating func advance(to now: UInt64) {
    if now > millisecond {
      millisecond = now
      counter = UInt64.random(in: 0..<0x800)
    } else if counter < 0xFFF {
      counter += 1
    } else {
      millisecond += 1
      counter = UInt64.random(in: 0..<0x800)
    }
  }
}
