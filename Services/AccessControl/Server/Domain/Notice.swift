import AIP
import Policy

/// That a principal is told of something, and how far that has come. It holds a name and nothing of what it is about.
struct Notice: Hashable, Sendable {
  /// What has happened, by the contract's numbers.
  enum Kind: Int16, CaseIterable, Sendable {
    case emergencyAccessUsed = 1
    case emergencyAccessReviewed, lockdownBegun, lockdownEnded
  }

  /// How far it has come, by the contract's numbers.
  enum State: Int16, CaseIterable, Sendable {
    case pending = 1
    case delivered, acknowledged
  }

  var id: RecordID
  var recipient: RecordID
  var kind: Kind
  /// The name of what it is about.
  var subject: String
  var createTime: PolicyTime
  /// The end of all time while it has not come so far.
  var deliverTime: PolicyTime = .distantFuture
  var acknowledgeTime: PolicyTime = .distantFuture

  var state: State {
    if acknowledgeTime != .distantFuture { return .acknowledged }
    return deliverTime == .distantFuture ? .pending : .delivered
  }

  /// Hands it to its recipient; only the first time counts.
  mutating func deliver(at now: PolicyTime) { deliverTime = min(deliverTime, now) }

  /// Whoever takes note of it has got it.
  mutating func acknowledge(at now: PolicyTime) {
    deliver(at: now)
    acknowledgeTime = min(acknowledgeTime, now)
  }
}

extension Notice.Kind {
  /// The name in filters, as in the contract.
  var code: String {
    switch self {
    case .emergencyAccessUsed: "KIND_EMERGENCY_ACCESS_USED"
    case .emergencyAccessReviewed: "KIND_EMERGENCY_ACCESS_REVIEWED"
    case .lockdownBegun: "KIND_LOCKDOWN_BEGUN"
    case .lockdownEnded: "KIND_LOCKDOWN_ENDED"
    }
  }
}
