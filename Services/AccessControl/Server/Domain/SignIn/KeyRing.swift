import Policy

/// The keys that tokens are signed with, of which each follows on the one before.
///
/// A key is known everywhere before it signs, and as long after it has signed last as a token of it lives. So no token is
/// ever met by somebody who does not know its key.
struct KeyRing: Hashable, Sendable {
  struct Key: Hashable, Sendable {
    var id: String
    var startTime: PolicyTime
    /// When tokens of it are no longer good: the end of all time while there is no next one.
    var endTime: PolicyTime
    /// Whether it could still sign.
    var hasSeed: Bool
  }

  /// What is to be done.
  struct Step: Hashable, Sendable {
    /// A new key, to sign from then on.
    var newKeyStart: PolicyTime?
    /// The keys that are no longer good once there is the new one, and from when on.
    var ends: [String: PolicyTime] = [:]
    /// The keys of which the secret half is to be forgotten.
    var forgets: Set<String> = []
  }

  var keys: [Key]

  func step(at now: PolicyTime, _ lifetimes: Lifetimes) -> Step {
    var step = Step()
    step.forgets = Set(keys.filter { $0.hasSeed && $0.endTime <= now }.map(\.id))
    let newest = keys.max { $0.startTime < $1.startTime }
    guard let newest else {
      // Nobody has a token yet that others could have waited for.
      step.newKeyStart = now
      return step
    }
    guard newest.startTime.advanced(bySeconds: lifetimes.key) <= now else { return step }
    let start = now.advanced(bySeconds: lifetimes.keyNotice)
    step.newKeyStart = start
    step.ends[newest.id] = start.advanced(bySeconds: lifetimes.accessToken + lifetimes.keyNotice)
    return step
  }
}
