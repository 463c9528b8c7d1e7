import AIP
import Policy
import PolicyPostgres
import Postgres
import Records

/// Who asks, as the policy sees it: with own roles and with those that others have handed over.
struct SubjectStore: Sendable {
  let executor: any PostgresExecutor

  /// The principals among these that may act at the time, by id. One round trip.
  func subjects(_ ids: Set<RecordID>, at time: PolicyTime) async throws(PostgresError) -> [RecordID: Subject] {
    let (roles, handovers) = try await executor.execute(
      SelectSubjects(choice: .these(Array(ids)), time: time), SelectHandedOver(choice: .these(Array(ids)), time: time))
    return Dictionary(uniqueKeysWithValues: Self.subjects(roles, handovers).map { ($0.principal, $0) })
  }

  /// The next principals that hold any role at the time, own or handed over, in the order of their ids.
  func readers(after id: RecordID?, limit: Int, at time: PolicyTime) async throws(PostgresError) -> [Subject] {
    let choice = SubjectChoice.next(after: id ?? RecordID(high: 0, low: 0), limit: limit)
    let (roles, handovers) = try await executor.execute(
      SelectSubjects(choice: choice, time: time), SelectHandedOver(choice: choice, time: time))
    return Self.subjects(roles, handovers)
  }

  private static func subjects(
    _ roles: [SelectSubjects.Row], _ handovers: [SelectHandedOver.Row]
  ) -> [Subject] {
    var subjects: [Subject] = []
    for row in roles {
      if subjects.last?.principal != row.principal {
        subjects.append(
          Subject(principal: row.principal, party: row.party, roles: [], clearance: row.clearance))
      }
      if let role = row.role { subjects[subjects.count - 1].roles.append(role) }
    }
    let byDelegate = Dictionary(grouping: handovers, by: \.handover.delegate)
    for index in subjects.indices {
      subjects[index].delegations = Self.delegations(byDelegate[subjects[index].principal] ?? [])
    }
    return subjects
  }

  /// Rows of one delegation, one for each role of the delegator, are next to each other.
  private static func delegations(_ rows: [SelectHandedOver.Row]) -> [Delegation] {
    var delegations: [(id: RecordID, delegation: Delegation)] = []
    for row in rows {
      if delegations.last?.id != row.handover.id {
        delegations.append((row.handover.id, row.handover.delegation(party: row.party, delegatorRoles: [])))
      }
      delegations[delegations.count - 1].delegation.delegatorRoles.append(row.role)
    }
    return delegations.map(\.delegation)
  }
}

/// Which principals are meant: `$2`, and `$3` for the second.
enum SubjectChoice: Sendable {
  case these([RecordID])
  case next(after: RecordID, limit: Int)

  /// Principals that may act at the time `$1`, by the name `p`; their organisation by the name `o`.
  var source: String {
    let standing = """
      FROM principals p JOIN organisations o ON o.id = p.organisation_id \
      WHERE $1 < p.disable_time AND o.start_time <= $1 AND $1 < o.end_time
      """
    switch self {
    case .these: return "\(standing) AND p.id = ANY($2)"
    case .next:
      return """
        \(standing) AND p.id > $2 AND (EXISTS (SELECT FROM role_assignments a WHERE a.principal_id = p.id \
        AND a.start_time <= $1 AND $1 < a.end_time) OR EXISTS (SELECT FROM delegations g WHERE g.delegate_id = p.id \
        AND g.start_time <= $1 AND $1 < least(g.end_time, g.revoke_time))) ORDER BY p.id LIMIT $3
        """
    }
  }

  func bind(_ parameters: inout PostgresParameters) {
    switch self {
    case .these(let ids): parameters.append(ids)
    case .next(let id, let limit):
      parameters.append(id)
      parameters.append(limit)
    }
  }
}

/// A row for each role of each principal, one without a role for a principal that has none.
struct SelectSubjects: PostgresStatement {
  struct Row: Sendable {
    var principal: RecordID
    var party: PartyID
    var clearance: Classification
    var role: RoleAssignment?
  }

  static let isReadOnly = true
  var choice: SubjectChoice
  var time: PolicyTime

  var sql: String {
    """
    SELECT s.id, s.party, s.clearance, r.reader, r.scope, r.start_time, r.end_time \
    FROM (SELECT p.id, o.party, p.clearance \(choice.source)) s \
    LEFT JOIN role_assignments r ON r.principal_id = s.id AND r.start_time <= $1 AND $1 < r.end_time ORDER BY s.id, r.id
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(time)
    choice.bind(&parameters)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    var found = Row(principal: try row.decode(), party: try row.party(), clearance: try row.code())
    let reader: Int16? = try row.decode(at: 3)
    if reader != nil { found.role = try RoleAssignment(&row) }
    return found
  }
}

/// A row for each role of the delegator of each delegation to one of the principals.
struct SelectHandedOver: PostgresStatement {
  struct Row: Sendable {
    var handover: Handover
    var party: PartyID
    var role: RoleAssignment
  }

  static let isReadOnly = true
  var choice: SubjectChoice
  var time: PolicyTime

  var sql: String {
    """
    SELECT \(Handover.columns), o.party, r.reader, r.scope, r.start_time, r.end_time FROM delegations t \
    JOIN (SELECT p.id \(choice.source)) s ON s.id = t.delegate_id \
    JOIN principals d ON d.id = t.delegator_id AND $1 < d.disable_time \
    JOIN organisations o ON o.id = d.organisation_id AND o.start_time <= $1 AND $1 < o.end_time \
    JOIN role_assignments r ON r.principal_id = d.id AND r.start_time <= $1 AND $1 < r.end_time \
    WHERE t.start_time <= $1 AND $1 < least(t.end_time, t.revoke_time) ORDER BY t.delegate_id, t.id
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(time)
    choice.bind(&parameters)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    Row(handover: try Handover(&row), party: try row.party(), role: try RoleAssignment(&row))
  }
}

extension RoleAssignment {
  /// The next four columns: reader, scope, and period.
  init(_ row: inout PostgresRow) throws(PostgresError) {
    self.init(try row.code(), scope: try row.optionalParty(), period: try row.period())
  }
}
