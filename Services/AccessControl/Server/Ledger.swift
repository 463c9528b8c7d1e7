import AIP
import Audit
import AuditOutbox
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf

/// Makes changes: each in one transaction with who made it and why, with the record of it for the log, and with the
/// answer that a repeated call gets.
struct Ledger: Sendable {
  let pool: PostgresPool
  let ids: RecordID.Generator
  let clock: WallClock
  let visitors: Visitors

  /// Makes the change that `body` describes.
  ///
  /// - Parameter body: judges and writes; gives the resource as it is then. Run again when the database asks for it.
  /// - Throws: what `body` throws; INVALID_ARGUMENT for a bad reason or request id; PERMISSION_DENIED for whoever is
  ///   not enrolled; ALREADY_EXISTS for what must be unique.
  func record<Request: ChangeRequest, Response: ResourceMessage>(
    _ request: Request, _ context: ServerContext, _ body: (Change) async throws -> Response
  ) async throws -> Response {
    let attempt = try ChangeAttempt(request, method: context.descriptor.fullyQualifiedMethod)
    let time = clock.now()
    let newID: @Sendable () -> RecordID = { [ids] in ids.next(unixMilliseconds: time.unixMilliseconds) }
    do {
      return try await attempt.make(on: pool, at: time) { transaction in
        let visitor = try await visitors.current(in: transaction, isLocked: true)
        return (visitor.principal.description, visitor)
      } _: { transaction, visitor in
        try await body(Change(transaction: transaction, visitor: visitor, newID: newID))
      } keep: { transaction, visitor, response, bytes in
        let act = InsertAct(
          id: newID(), time: visitor.now, principal: visitor.principal, method: attempt.method,
          resource: response.name, reason: attempt.reason, result: bytes)
        try await transaction.execute(act, InsertAuditRecords([AuditRecord(act, by: visitor)]))
      }
    } catch let error as PostgresError where error.sqlState == .uniqueViolation {
      throw ServiceError(taken: error)
    }
  }
}

/// What a change is made with.
struct Change: Sendable {
  let transaction: PostgresTransaction
  let visitor: Visitor
  let newID: @Sendable () -> RecordID

  var now: PolicyTime { visitor.now }
}

extension AuditRecord {
  /// An act as the log has it: the reason and the result stay here.
  init(_ act: InsertAct, by visitor: Visitor, classes: DataClassSet = []) {
    self.init(
      time: act.time, method: act.method, principal: visitor.principal, party: visitor.actor.organisation.party,
      resource: act.resource, classes: classes, policyVersion: visitor.evaluator.policy.version, details: act.digest)
  }
}

extension ServiceError {
  /// ALREADY_EXISTS with the field that must be unique.
  fileprivate init(taken error: PostgresError) {
    let fields = [
      "organisations_party": "party",
      "principals_certificate_uri": "certificate_uri",
      "principals_token_subject": "token_subject",
      "policy_approvals_once": "digest",
      "emergency_accesses_unreviewed": "case",
    ]
    let field = error.constraint.flatMap { fields[$0] } ?? ""
    self.init(
      .alreadyExists, .resourceExists, "another resource has this \(field)",
      metadata: field.isEmpty ? [:] : ["field": field])
  }
}
