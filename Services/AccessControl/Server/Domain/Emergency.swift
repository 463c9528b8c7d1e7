import AIP
import Policy

/// An emergency access as it is on record: who broke the glass of which case and why, who was told, what the review found.
struct Emergency: Hashable, Sendable {
  var id: RecordID
  var caseID: RecordID
  var principal: RecordID
  var reason: String
  var period: Period<PolicyTime>
  var notified: [RecordID]
  /// Nil while nobody has reviewed it.
  var reviewer: RecordID?
  var finding = ""
  var revision: Int64 = 1
  var createTime: PolicyTime

  /// As the policy sees it.
  var breakGlass: BreakGlass {
    BreakGlass(
      principal: principal, caseID: caseID, period: period, hasReason: !reason.isEmpty, notified: notified,
      isRevoked: reviewer != nil)
  }

  /// Records what another found, which ends it.
  mutating func review(by reviewer: RecordID, finding: String, at now: PolicyTime) {
    self.reviewer = reviewer
    self.finding = finding
    period.end(at: now)
    revision += 1
  }
}

extension Period<PolicyTime> {
  /// Ends it then, if it would last longer; one that has not begun becomes empty.
  mutating func end(at time: PolicyTime) {
    until = min(until, max(from, time))
  }
}
