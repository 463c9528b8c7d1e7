import AIP
import Audit
import AuditOutbox
import GRPCCore
import Policy
import PolicyPostgres
import Postgres
import Records
import SwiftProtobuf
import VigilAccessAPI

/// Begins, renews and ends sessions, each in the caller's transaction and with an act that says so.
struct Sessions: Sendable {
  let ids: RecordID.Generator
  let lifetimes: Lifetimes
  let mint: TokenMint

  func newID(at now: PolicyTime) -> RecordID {
    ids.next(unixMilliseconds: PostgresTimestamp(now).unixMilliseconds)
  }

  /// A session that begins now. One by a certificate lasts as long as its one token.
  func make(_ kind: Session.Kind, of principal: RecordID, at now: PolicyTime) -> Session {
    let length = kind == .certificate ? lifetimes.accessToken : lifetimes.session
    return Session(
      id: newID(at: now), principal: principal, kind: kind, createTime: now, refreshTime: now,
      expireTime: now.advanced(bySeconds: length),
      tokenExpireTime: now.advanced(bySeconds: min(lifetimes.accessToken, length)))
  }

  /// Puts a session on record and gives its first tokens.
  func begin(_ session: Session, method: String, in transaction: PostgresTransaction) async throws -> PBSessionTokens {
    _ = try await transaction.execute(InsertSession(session: session))
    try await note(session, method: method, reason: "session begun", in: transaction)
    return try await tokens(of: session, in: transaction)
  }

  /// Gives the next tokens.
  func renew(_ session: Session, at now: PolicyTime, in transaction: PostgresTransaction) async throws
    -> PBSessionTokens
  {
    var session = session
    session.refreshTime = now
    session.tokenExpireTime = lifetimes.end(of: lifetimes.accessToken, in: session, from: now)
    _ = try await transaction.execute(RenewSession(session: session))
    return try await tokens(of: session, in: transaction)
  }

  private func tokens(of session: Session, in transaction: PostgresTransaction) async throws -> PBSessionTokens {
    let access = try await mint.token(
      of: session, from: session.refreshTime, until: session.tokenExpireTime, in: transaction)
    var tokens = PBSessionTokens.with {
      $0.accessToken = access
      $0.accessExpireTime = Google_Protobuf_Timestamp(session.tokenExpireTime)
      $0.principal = PrincipalName(session.principal).description
      $0.session = SessionName(session).description
    }
    // Whoever has a certificate can come again with that.
    if session.kind != .certificate { try await addRefreshToken(to: &tokens, of: session, in: transaction) }
    return tokens
  }

  private func addRefreshToken(
    to tokens: inout PBSessionTokens, of session: Session, in transaction: PostgresTransaction
  ) async throws {
    let (now, secret) = (session.refreshTime, Secret.refreshToken())
    let token = RefreshToken(
      id: newID(at: now), session: session.id, digest: secret.digest, createTime: now,
      expireTime: lifetimes.end(of: lifetimes.refreshToken, in: session, from: now))
    _ = try await transaction.execute(InsertRefreshToken(token: token))
    tokens.refreshToken = secret.text
    tokens.refreshExpireTime = Google_Protobuf_Timestamp(token.expireTime)
  }

  /// Ends a session, which services learn of when the transaction ends.
  func end(
    _ session: Session, _ end: Session.End, at now: PolicyTime, method: String, reason: String,
    in transaction: PostgresTransaction
  ) async throws {
    _ = try await transaction.execute(EndSessions(choice: .one(session.id), time: now, end: end))
    var ended = session
    (ended.endTime, ended.end, ended.refreshTime) = (now, end, now)
    try await note(ended, method: method, reason: reason, in: transaction)
  }

  private func note(
    _ session: Session, method: String, reason: String, in transaction: PostgresTransaction
  ) async throws {
    let time = max(session.refreshTime, session.createTime)
    let message = PBSession(session)
    let act = InsertAct(
      id: newID(at: time), time: time, principal: session.principal, method: method, resource: message.name,
      reason: reason, result: try message.serializedBytes())
    try await keep(act, of: session.principal, in: transaction)
  }

  /// Keeps what a person has done by what it knows and has, with the party whose person it is: so that a State sees in the
  /// log how its own people sign in.
  func keep(_ act: InsertAct, of principal: RecordID, in transaction: PostgresTransaction) async throws {
    let party = try await transaction.execute(SelectPrincipalParty(principal: principal)).first
    _ = try await transaction.execute(act, InsertAuditRecords([AuditRecord(undecided: act, by: party)]))
  }
}
