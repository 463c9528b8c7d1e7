import AIP
import Policy
import Postgres

/// Who takes part at a time or will later, with what each holds: of everything that is not over yet, with its periods, so
/// that it stays true while time passes.
enum Roster {
  /// From rows of a principal each role, next to each other, and rows of a delegation each role of the delegator.
  static func enrolments(
    _ rows: [SelectRoster.Row], _ handedOver: [SelectHandedOverRoster.Row]
  ) -> [Enrolment] {
    var delegations: [RecordID: [Delegation]] = [:]
    var lastDelegation: RecordID?
    for row in handedOver {
      let delegate = row.delegation.delegate
      if row.id == lastDelegation, let last = delegations[delegate]?.indices.last {
        delegations[delegate]?[last].delegatorRoles.append(row.role)
      } else {
        var delegation = row.delegation
        delegation.delegatorRoles = [row.role]
        delegations[delegate, default: []].append(delegation)
      }
      lastDelegation = row.id
    }
    var enrolments: [Enrolment] = []
    for row in rows {
      let principal = row.enrolment.subject.principal
      if enrolments.last?.subject.principal != principal {
        enrolments.append(row.enrolment)
        enrolments[enrolments.count - 1].subject.delegations = delegations[principal] ?? []
      }
      if let role = row.role { enrolments[enrolments.count - 1].subject.roles.append(role) }
    }
    return enrolments
  }
}

/// A row for each role of each principal, one without a role for a principal that has none.
struct SelectRoster: PostgresStatement {
  struct Row: Sendable {
    var enrolment: Enrolment
    var role: RoleAssignment?
  }

  static let isReadOnly = true
  var time: PolicyTime

  var sql: String {
    """
    SELECT p.id, o.party, p.clearance, p.certificate_uri, p.token_subject, o.start_time, \
    least(o.end_time, p.disable_time), r.reader, r.scope, r.start_time, r.end_time \
    FROM principals p JOIN organisations o ON o.id = p.organisation_id \
    LEFT JOIN role_assignments r ON r.principal_id = p.id AND $1 < r.end_time \
    WHERE $1 < least(o.end_time, p.disable_time) ORDER BY p.id, r.id
    """
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(time) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    let subject = Subject(
      principal: try row.decode(), party: try row.party(), roles: [], clearance: try row.code())
    let (certificate, token): (String?, String?) = (try row.decode(), try row.decode())
    let credential: Enrolment.Credential = certificate.map { .certificate($0) } ?? .token(token ?? "")
    let enrolment = Enrolment(credential, period: try row.period(), subject: subject)
    let reader: Int16? = try row.decode(at: 7)
    return Row(enrolment: enrolment, role: reader == nil ? nil : try RoleAssignment(&row))
  }
}

/// A row for each role of the delegator of each delegation, with the period in which both hold.
struct SelectHandedOverRoster: PostgresStatement {
  struct Row: Sendable {
    var id: RecordID
    var delegation: Delegation
    var role: RoleAssignment
  }

  static let isReadOnly = true
  var time: PolicyTime

  var sql: String {
    """
    SELECT t.id, t.delegator_id, t.delegate_id, o.party, t.readers, greatest(t.start_time, o.start_time), \(Self.end), \
    r.reader, r.scope, r.start_time, r.end_time FROM delegations t \
    JOIN principals d ON d.id = t.delegator_id JOIN organisations o ON o.id = d.organisation_id \
    JOIN role_assignments r ON r.principal_id = d.id AND $1 < r.end_time \
    WHERE $1 < \(Self.end) ORDER BY t.delegate_id, t.id, r.id
    """
  }

  private static let end = "least(t.end_time, t.revoke_time, d.disable_time, o.end_time)"

  func bind(_ parameters: inout PostgresParameters) { parameters.append(time) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    let (id, delegator, delegate): (RecordID, RecordID, RecordID) = (
      try row.decode(), try row.decode(), try row.decode()
    )
    let delegation = Delegation(
      from: delegator, to: delegate, party: try row.party(), readers: try row.codes(), delegatorRoles: [],
      period: try row.period())
    return Row(id: id, delegation: delegation, role: try RoleAssignment(&row))
  }
}
