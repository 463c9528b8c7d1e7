package import Policy

/// What tokens are judged by at a moment.
package struct TokenTrust: Hashable, Sendable {
  package var keys: [TokenKey]
  package var endedSessions: [EndedSession]
  /// When access control said so.
  package var issuedAt: PolicyTime

  package init(keys: [TokenKey], endedSessions: [EndedSession] = [], issuedAt: PolicyTime) {
    self.keys = keys
    self.endedSessions = endedSessions
    self.issuedAt = issuedAt
  }

  /// As a snapshot has it whose signature has been checked.
  package init(_ snapshot: PolicySnapshot) {
    self.init(keys: snapshot.tokenKeys, endedSessions: snapshot.endedSessions, issuedAt: snapshot.issuedAt)
  }
}

/// What takes the keys of tokens as they change. Whoever follows access control's snapshots tells it of each.
package protocol TokenKeys: Sendable {
  /// An older one than the last is left aside.
  func take(_ trust: TokenTrust)
}
