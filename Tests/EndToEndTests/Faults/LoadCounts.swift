import GRPCCore

/// What a load has counted.
struct LoadCounts: Sendable {
  /// Calls, each with whatever tries it took.
  var reads = 0
  var writes = 0
  /// Writes that were answered with OK, by their source.
  var acknowledged: [String] = []
  /// Calls that a service answered which has no such method, by service.
  var asked: [String: Int] = [:]
  /// Further tries of calls.
  var retried = 0
  /// Calls that came to nothing for all their tries.
  var failed = 0
  /// Tries that failed, by their status.
  var failures: [String: Int] = [:]
  /// The messages of each status.
  var messages: [String: Set<String>] = [:]
  /// When a try last failed.
  var lastFailure: ContinuousClock.Instant?
  /// When a write was last acknowledged, and a read answered.
  var lastWrite: ContinuousClock.Instant?
  var lastRead: ContinuousClock.Instant?
  /// The longest time that one try took.
  var longestTry = Duration.zero
  /// Acknowledged writes that are not on record, and writes that are on record more than once.
  var lost = 0
  var doubled = 0

  var tries: Int { reads + writes + retried }
  var failedTries: Int { failures.values.reduce(0, +) }

  mutating func count(_ error: RPCError, at now: ContinuousClock.Instant) {
    failures["\(error.code)", default: 0] += 1
    messages["\(error.code)", default: []].insert(error.message)
    lastFailure = max(lastFailure ?? now, now)
  }

  /// Compares what was acknowledged with what is on record.
  mutating func compare(with recorded: [String: Int]) {
    lost = acknowledged.count { recorded[$0] == nil }
    doubled = recorded.values.count { $0 > 1 }
  }

  /// One line for the report.
  func line(_ fault: String) -> String {
    let codes = failures.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    return """
      fault: \(fault): \(reads + writes) calls (\(writes) writes), \(acknowledged.count) writes acknowledged, \
      \(retried) retried, \(failed) failed, \(lost) lost, \(doubled) doubled; failed tries: \
      \(codes.isEmpty ? "none" : codes); longest try \(longestTry.formattedSeconds) s
      """
  }
}

extension Duration {
  /// With two digits after the point.
  var formattedSeconds: String {
    let hundredths = Int(components.seconds * 100) + Int(components.attoseconds / 10_000_000_000_000_000)
    let rest = String(hundredths % 100)
    return "\(hundredths / 100).\(rest.count == 1 ? "0" : "")\(rest)"
  }
}
