import AIP
import Audit
import AuditOutbox
import Policy
import PolicyPostgres
import Postgres
import Records
import SwiftProtobuf
import VigilAccessAPI

/// The beginning of a directory: who may enrol others and who may give them roles, when nobody is there yet to do it.
///
/// No password and no default account: the two are bound to certificates that the deployment's authority signs, and a
/// person sets its own password by an invitation that is shown once.
struct Bootstrap: Sendable {
  /// One of the two.
  struct Beginner: Hashable, Sendable {
    var organisation: Organisation
    var principal: Principal
    var role: Role
    /// By which a person sets its password and second factor.
    var invitation: Invitation?
  }

  let pool: PostgresPool
  let ids: RecordID.Generator
  let clock: WallClock

  /// Puts the first operator and the first case officer on record, by the URIs of their certificates.
  ///
  /// - Parameter login: the name of a person who is to be an operator as well.
  /// - Returns: the two, and the person; nil when there is any principal already, and then nothing is done.
  func run(
    operator operatorURI: String, caseOfficer caseOfficerURI: String, administrator login: String? = nil
  ) async throws -> [Beginner]? {
    let now = PolicyTime(clock.now())
    let beginners = [
      // The log is confidential, and the operator verifies it.
      try beginner("OPERATOR", .operator, "Operator", operatorURI, .systemOperator, .confidential, now),
      try beginner(
        "OROLSI", .secretariat, "Case officer", caseOfficerURI, .headquarters, .strictlyConfidential, now),
    ]
    return try await pool.withTransaction { transaction in
      _ = try await transaction.execute(LockPrincipals())
      guard try await transaction.execute(SelectRecords<Principal>(.all([]), limit: 1)).isEmpty else { return nil }
      for beginner in beginners { try await write(beginner, transaction) }
      guard let login else { return beginners }
      return beginners + [try await addAdministrator(login, beside: beginners[0], transaction)]
    }
  }

  private func beginner(
    _ party: String, _ kind: Organisation.Kind, _ displayName: String, _ uri: String, _ reader: ReaderClass,
    _ clearance: Classification, _ now: PolicyTime
  ) throws(ServiceError) -> Beginner {
    let newID = { ids.next(unixMilliseconds: PostgresTimestamp(now).unixMilliseconds) }
    let always = Period(from: now, until: PolicyTime.distantFuture)
    let organisation = Organisation(
      id: newID(), party: try FieldRules.party(party, field: "party"), displayName: displayName, kind: kind,
      period: always,
      createTime: now)
    let principal = Principal(
      id: newID(), organisation: organisation.id, displayName: displayName, credential: .certificate(uri),
      clearance: clearance, createTime: now)
    let role = Role(id: newID(), principal: principal.id, reader: reader, period: always, createTime: now)
    return Beginner(organisation: organisation, principal: principal, role: role)
  }

  private func write(_ beginner: Beginner, _ transaction: PostgresTransaction) async throws {
    let (organisation, principal) = (PBOrganisation(beginner.organisation), PBPrincipal(beginner.principal))
    let role = PBRoleAssignment(beginner.role)
    let acts = [
      act(organisation.name, try organisation.serializedBytes(), beginner),
      act(principal.name, try principal.serializedBytes(), beginner),
      act(role.name, try role.serializedBytes(), beginner),
    ]
    try await transaction.execute(
      InsertOrganisation(organisation: beginner.organisation),
      InsertPrincipal(principal: beginner.principal),
      InsertRole(role: beginner.role),
      acts[0], acts[1], acts[2],
      InsertAuditRecords(acts.map { AuditRecord(undecided: $0, method: "vigil.access/bootstrap") })
    )
  }

  func act(_ resource: String, _ result: [UInt8], _ beginner: Beginner) -> InsertAct {
    let time = beginner.principal.createTime
    return InsertAct(
      id: ids.next(unixMilliseconds: PostgresTimestamp(time).unixMilliseconds), time: time, principal: nil,
      method: "bootstrap", resource: resource, reason: "beginning of the directory", result: result)
  }
}

/// Keeps others from enrolling until the transaction ends.
private struct LockPrincipals: PostgresStatement {
  typealias Row = Never
  var sql: String { "LOCK TABLE principals IN EXCLUSIVE MODE" }
}
