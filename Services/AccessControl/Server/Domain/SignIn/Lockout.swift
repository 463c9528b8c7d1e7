import Policy

/// How often it was tried to sign in by a name: after some attempts in vain there is a pause, each longer than the last.
///
/// An attempt counts when it begins and is forgiven when it succeeds, so that many at once are not one. During a pause
/// nothing counts, so that nobody can prolong it.
struct Lockout: Hashable, Sendable {
  /// Attempts before the first pause.
  static let attempts: Int32 = 5
  /// In seconds; each pause is twice the one before.
  static let firstPause: Int64 = 30
  static let longestPause: Int64 = 900

  var failures: Int32 = 0
  /// When the pause ends.
  var until = PolicyTime.distantPast

  /// An attempt begins.
  ///
  /// - Returns: whether it may succeed. One that may not is carried out all the same, for the time that it takes.
  mutating func begin(at now: PolicyTime) -> Bool {
    guard until <= now else { return false }
    failures = min(failures + 1, 1_000)
    let doublings = failures - Self.attempts
    if doublings >= 0 {
      let pause = doublings < 16 ? Self.firstPause << Int64(doublings) : Self.longestPause
      until = now.advanced(bySeconds: min(pause, Self.longestPause))
    }
    return true
  }

  /// The attempt succeeded.
  mutating func forgive() { self = Lockout() }
}
