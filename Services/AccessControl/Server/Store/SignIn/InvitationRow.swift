import AIP
import Policy
import Postgres

struct InsertInvitation: PostgresStatement {
  typealias Row = Never
  var invitation: Invitation

  var sql: String {
    """
    INSERT INTO invitations (id, principal_id, inviter_id, readers, create_time, expire_time) \
    VALUES ($1, $2, $3, $4, $5, $6)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(invitation.id)
    parameters.append(invitation.principal)
    parameters.append(invitation.inviter)
    parameters.append(invitation.readers)
    parameters.append(invitation.createTime)
    parameters.append(invitation.expireTime)
  }
}

/// An invitation with whom it is for, which nobody else spends until the transaction ends. No row when the principal may
/// not act at the time.
struct LockInvitation: PostgresStatement {
  struct Row: Sendable {
    var invitation: Invitation
    var login: String
    /// The roles that the principal has, or will have.
    var readers: ReaderSet
  }

  var id: RecordID
  var time: PolicyTime

  var sql: String {
    """
    SELECT i.id, i.principal_id, i.inviter_id, i.readers, i.totp_secret, i.create_time, i.expire_time, i.use_time, \
    p.token_subject, \(HeldReaders.sql(of: "p.id", at: "$2")) FROM invitations i \
    JOIN principals p ON p.id = i.principal_id JOIN organisations o ON o.id = p.organisation_id \
    WHERE i.id = $1 AND p.token_subject IS NOT NULL AND $2 < p.disable_time AND o.start_time <= $2 \
    AND $2 < o.end_time FOR UPDATE OF i
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(time)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    var invitation = Invitation(
      id: try row.decode(), principal: try row.decode(), inviter: try row.decode(), readers: try row.codes(),
      sealedSecret: try row.decode(), createTime: try row.time(), expireTime: try row.time())
    invitation.useTime = try row.time()
    return Row(invitation: invitation, login: try row.decode(), readers: try row.codes())
  }
}

/// The roles that a principal has at a time or will have, by assignments of its own and by delegations: what whoever
/// speaks for it could do.
struct HeldReaders: PostgresStatement {
  static let isReadOnly = true
  var principal: RecordID
  var time: PolicyTime

  var sql: String { "SELECT \(Self.sql(of: "$1", at: "$2"))" }

  static func sql(of principal: String, at time: String) -> String {
    """
    (SELECT coalesce(bit_or(h.bits), 0)::smallint FROM ( \
    SELECT (1 << (r.reader - 1))::integer AS bits FROM role_assignments r \
    WHERE r.principal_id = \(principal) AND \(time) < r.end_time AND r.start_time < r.end_time UNION ALL \
    SELECT d.readers::integer FROM delegations d \
    WHERE d.delegate_id = \(principal) AND \(time) < least(d.end_time, d.revoke_time)) h)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(principal)
    parameters.append(time)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> ReaderSet { try row.codes() }
}

/// Puts the second factor that is told in place of the one before.
struct SetInvitationFactor: PostgresStatement {
  typealias Row = Never
  var id: RecordID
  var sealedSecret: [UInt8]

  var sql: String { "UPDATE invitations SET totp_secret = $2 WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(sealedSecret)
  }
}

/// Spends an invitation; the second factor is the credential's from now on.
struct SpendInvitation: PostgresStatement {
  typealias Row = Never
  var id: RecordID
  var time: PolicyTime

  var sql: String { "UPDATE invitations SET use_time = $2, totp_secret = NULL WHERE id = $1" }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(time)
  }
}
