import AIP
import Policy
import Postgres

/// Who calls: the principal, its organisation and its roles of that time. No row for one that is
/// not enrolled, was stopped, or whose organisation does not stand; otherwise a row for each role, at least one.
struct SelectActor: PostgresStatement {
  struct Row: Sendable {
    var principal: Principal
    var organisation: Organisation
    var role: Role?
  }

  /// How somebody proves who it is.
  enum Proof: Hashable, Sendable {
    /// The URI in its certificate.
    case certificate(String)
    /// A token, which names the principal.
    case principal(RecordID)
  }

  var proof: Proof
  var time: PolicyTime
  /// Whether the principal may not be stopped until the transaction ends.
  var isLocked = false

  var sql: String {
    let condition = if case .certificate = proof { "p.certificate_uri = $1" } else { "p.id = $1" }
    return "\(Self.text) AND \(condition)" + (isLocked ? " FOR SHARE OF p" : "")
  }

  private static let text = """
    SELECT r.id IS NOT NULL, \(columns(Principal.columns, of: "p")), \(columns(Organisation.columns, of: "o")), \
    \(columns(Role.columns, of: "r")) \
    FROM principals p JOIN organisations o ON o.id = p.organisation_id \
    LEFT JOIN role_assignments r ON r.principal_id = p.id AND r.start_time <= $2 AND $2 < r.end_time \
    WHERE $2 < p.disable_time AND o.start_time <= $2 AND $2 < o.end_time
    """

  private static func columns(_ columns: String, of table: String) -> String {
    columns.split(separator: ", ").map { table + $0.dropFirst() }.joined(separator: ", ")
  }

  func bind(_ parameters: inout PostgresParameters) {
    switch proof {
    case .certificate(let uri): parameters.append(uri)
    case .principal(let id): parameters.append(id)
    }
    parameters.append(time)
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Row {
    let hasRole: Bool = try row.decode()
    return Row(
      principal: try Principal(&row), organisation: try Organisation(&row), role: hasRole ? try Role(&row) : nil)
  }
}

extension Actor {
  /// Nil when there is no row.
  init?(_ rows: [SelectActor.Row]) {
    guard let first = rows.first else { return nil }
    self.init(principal: first.principal, organisation: first.organisation, roles: rows.compactMap(\.role))
  }
}
