import AIP
import Policy

/// The time for which somebody is signed in: a family of refresh tokens, each made of the one before.
struct Session: Hashable, Sendable {
  /// How it began, by the contract's numbers.
  enum Kind: Int16, CaseIterable, Sendable {
    case authenticator = 1
    case recoveryCode, certificate, externalIssuer
  }

  /// Why it ended, by the contract's numbers.
  enum End: Int16, CaseIterable, Sendable {
    case signedOut = 1
    case revoked, reused, credentialsChanged
  }

  var id: RecordID
  var principal: RecordID
  var kind: Kind
  var createTime: PolicyTime
  /// When tokens were last given.
  var refreshTime: PolicyTime
  /// When it ends at the latest.
  var expireTime: PolicyTime
  /// When the last access token ends by itself.
  var tokenExpireTime: PolicyTime
  /// The end of all time while nobody has ended it.
  var endTime = PolicyTime.distantFuture
  var end: End?
  /// The roles that its holder may act by, of those that it holds; nil for all of them.
  var readers: ReaderSet?

  func isActive(at now: PolicyTime) -> Bool { now < min(expireTime, endTime) }
}

/// One refresh token of a session.
struct RefreshToken: Hashable, Sendable {
  /// What becomes of a session when the token is shown.
  enum Verdict: Hashable, Sendable {
    /// It gives the next tokens.
    case renew
    case refuse
    /// It was used before: two have it, and which of them is its holder cannot be told. The session ends.
    case end
  }

  var id: RecordID
  var session: RecordID
  var digest: [UInt8]
  var createTime: PolicyTime
  var expireTime: PolicyTime
  /// The end of all time while nobody has used it.
  var useTime = PolicyTime.distantFuture

  func verdict(in session: Session, at now: PolicyTime) -> Verdict {
    guard session.isActive(at: now) else { return .refuse }
    guard useTime == .distantFuture else { return .end }
    return now < expireTime ? .renew : .refuse
  }
}

/// How long things of a session last, in seconds.
struct Lifetimes: Hashable, Sendable {
  var accessToken: Int64 = 300
  var refreshToken: Int64 = 3600
  var session: Int64 = 43_200
  var invitation: Int64 = 259_200
  /// How long a key signs.
  var key: Int64 = 604_800
  /// How long before it signs a key is known everywhere.
  var keyNotice: Int64 = 600

  /// The end of something of a session that lasts for a time.
  func end(of duration: Int64, in session: Session, from now: PolicyTime) -> PolicyTime {
    min(now.advanced(bySeconds: duration), session.expireTime)
  }
}
