import AIP
import Audit
import AuditOutbox
import Policy
import PolicyPostgres
import Postgres
import Records
import SwiftProtobuf
import VigilAccessAPI

extension Bootstrap {
  /// Puts a person on record who operates the system beside the operator's own systems, with an invitation.
  func addAdministrator(
    _ login: String, beside operator: Beginner, _ transaction: PostgresTransaction
  ) async throws -> Beginner {
    let now = `operator`.principal.createTime
    let newID = { ids.next(unixMilliseconds: PostgresTimestamp(now).unixMilliseconds) }
    let principal = Principal(
      id: newID(), organisation: `operator`.organisation.id, displayName: "Administrator", credential: .token(login),
      clearance: .confidential, createTime: now)
    let role = Role(
      id: newID(), principal: principal.id, reader: .systemOperator,
      period: Period(from: now, until: PolicyTime.distantFuture), createTime: now)
    let invitation = Invitation(
      id: newID(), principal: principal.id, readers: [.systemOperator], createTime: now,
      expireTime: now.advanced(bySeconds: Lifetimes().invitation))
    let person = Beginner(
      organisation: `operator`.organisation, principal: principal, role: role, invitation: invitation)
    let messages = (PBPrincipal(principal), PBRoleAssignment(role), PBInvitation(invitation))
    let acts = [
      act(messages.0.name, try messages.0.serializedBytes(), person),
      act(messages.1.name, try messages.1.serializedBytes(), person),
      act(messages.2.name, try messages.2.serializedBytes(), person),
    ]
    try await transaction.execute(
      InsertPrincipal(principal: principal),
      InsertRole(role: role),
      InsertInvitation(invitation: invitation),
      acts[0], acts[1], acts[2],
      InsertAuditRecords(acts.map { AuditRecord(undecided: $0, method: "vigil.access/bootstrap") })
    )
    return person
  }
}
