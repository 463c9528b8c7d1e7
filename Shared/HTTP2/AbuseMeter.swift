import NIOCore

/// Counts what only a broken or hostile peer does in number, and says when it is too much.
struct AbuseMeter {
  private struct Bucket {
    var tokens: Int
    var refilled: NIODeadline
  }

  let limits: HTTP2Configuration.AbuseLimits
  private var buckets: [HTTP2Abuse: Bucket] = [:]
  private var continuationsOfBlock = 0
  /// The time of the current batch.
  var now: NIODeadline = .uptimeNanoseconds(0)
  /// Set once, by the first excess.
  private(set) var offence: HTTP2Abuse?

  init(limits: HTTP2Configuration.AbuseLimits) {
    self.limits = limits
  }

  /// Takes one token; `false` when there is none left, which ends the connection.
  mutating func count(_ abuse: HTTP2Abuse) -> Bool {
    guard self.offence == nil else { return false }
    guard let rate = self.rate(of: abuse) else { return true }
    var bucket = self.buckets[abuse] ?? Bucket(tokens: rate.burst, refilled: self.now)
    let earned = Self.tokens(since: bucket.refilled, until: self.now, perSecond: rate.perSecond)
    if earned > 0 {
      bucket.tokens = min(rate.burst, bucket.tokens + earned)
      bucket.refilled = self.now
    }
    bucket.tokens -= 1
    self.buckets[abuse] = bucket
    if bucket.tokens < 0 { self.offence = abuse }
    return bucket.tokens >= 0
  }

  mutating func countContinuation() -> Bool {
    self.continuationsOfBlock += 1
    return self.continuationsOfBlock <= self.limits.continuations || self.exceed(.continuations)
  }

  mutating func beginHeaderBlock() {
    self.continuationsOfBlock = 0
  }

  /// Records an excess that is not a matter of rate. Always `false`.
  mutating func exceed(_ abuse: HTTP2Abuse) -> Bool {
    self.offence = self.offence ?? abuse
    return false
  }

  private static func tokens(since start: NIODeadline, until end: NIODeadline, perSecond: Int) -> Int {
    let nanoseconds = (end - start).nanoseconds
    // A day refills any bucket; the bound keeps the product from overflowing.
    return Int(min(max(nanoseconds, 0), 86_400_000_000_000) / 1_000) * perSecond / 1_000_000
  }

  private func rate(of abuse: HTTP2Abuse) -> HTTP2Configuration.AbuseLimits.Rate? {
    switch abuse {
    case .streamResets: self.limits.streamResets
    case .provokedResets: self.limits.provokedResets
    case .pings: self.limits.pings
    case .settings: self.limits.settings
    case .priorities: self.limits.priorities
    case .windowUpdates: self.limits.windowUpdates
    case .emptyData: self.limits.emptyData
    case .invalidFrames: self.limits.invalidFrames
    case .continuations, .headerListBytes, .unreadReplies, .keepalivePings: nil
    case .slowHeaders, .slowRequests, .slowReads, .unreadContent: nil
    }
  }
}
