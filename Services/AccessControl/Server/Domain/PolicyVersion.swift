import AIP
import Policy

/// A policy as it is on record.
struct PolicyVersion: Hashable, Sendable {
  var policy: Policy
  /// Nil for the standard policy, which nobody has set.
  var author: RecordID?
  var approver: RecordID?
  var createTime: PolicyTime
}

/// Why a policy may not be put in force.
enum PolicyChangeRefusal: Error, Hashable, Sendable {
  /// Its version is not the next one.
  case version(expected: UInt32)
  /// The second person is the author, or may not decide about policies.
  case secondPerson
  /// The second person has not agreed to this text.
  case notApproved
}

extension PolicyVersion {
  /// Who may write and who may agree to a policy: case and legal officers. Never an operator.
  static let deciders: ReaderSet = [.headquarters, .legal]

  /// Why the next policy may not follow this one; nil if it may.
  ///
  /// - Parameters:
  ///   - approver: the second person, with the own roles in which it may act; nil when there is no such principal.
  ///   - hasApproved: whether it has agreed to the digest of the text.
  func refusal(
    of next: Policy, by author: RecordID, approver: (id: RecordID, readers: ReaderSet)?, hasApproved: Bool
  ) -> PolicyChangeRefusal? {
    guard next.version == policy.version + 1 else { return .version(expected: policy.version + 1) }
    guard let approver, approver.id != author, !approver.readers.intersection(Self.deciders).isEmpty else {
      return .secondPerson
    }
    return hasApproved ? nil : .notApproved
  }
}
