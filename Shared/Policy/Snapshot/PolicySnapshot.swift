/// All that a service needs from access control to decide by itself: the policy and what changes it for the moment.
///
/// What is signed and streamed (`WatchPolicy`) is the UTF-8 of ``canonicalText``; a change is a snapshot with a higher
/// ``sequence``.
package struct PolicySnapshot: Hashable, Sendable {
  /// Counts up with every change of anything in it, also where the policy's version stays.
  package var sequence: UInt64
  /// When access control made it. A stream repeats the last one with a new time while nothing changes.
  package var issuedAt: PolicyTime
  package var policy: Policy
  package var lockdowns: [Lockdown]
  package var grants: [Grant]
  package var emergencies: [BreakGlass]
  /// Who may call. Nobody else may.
  package var principals: [Enrolment]
  /// The embargoes on cases.
  package var holds: [CaseHold]
  /// What access tokens may be signed with.
  package var tokenKeys: [TokenKey]
  /// The sessions whose tokens are no longer good.
  package var endedSessions: [EndedSession]
  /// What no longer proves who its holder is.
  package var revokedCertificates: Set<RevokedCertificate>

  package init(
    sequence: UInt64, issuedAt: PolicyTime, policy: Policy, lockdowns: [Lockdown] = [], grants: [Grant] = [],
    emergencies: [BreakGlass] = [], principals: [Enrolment] = [], holds: [CaseHold] = [], tokenKeys: [TokenKey] = [],
    endedSessions: [EndedSession] = [], revokedCertificates: Set<RevokedCertificate> = []
  ) {
    self.sequence = sequence
    self.issuedAt = issuedAt
    self.policy = policy
    self.lockdowns = lockdowns
    self.grants = grants
    self.emergencies = emergencies
    self.principals = principals
    self.holds = holds
    self.tokenKeys = tokenKeys
    self.endedSessions = endedSessions
    self.revokedCertificates = revokedCertificates
  }
}
