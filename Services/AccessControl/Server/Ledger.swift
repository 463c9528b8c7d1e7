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
    let attempt = try Attempt(request, method: context.descriptor.fullyQualifiedMethod)
    do {
      return try await pool.withTransaction { transaction in
        try await record(attempt, in: transaction, body)
      }
    } catch let rehearsed as Rehearsed<Response> {
      return rehearsed.response
    } catch let error as PostgresError where error.sqlState == .uniqueViolation {
      throw ServiceError(taken: error)
    }
  }

  private func record<Response: ResourceMessage>(
    _ attempt: Attempt, in transaction: PostgresTransaction, _ body: (Change) async throws -> Response
  ) async throws -> Response {
    let visitor = try await visitors.current(in: transaction, isLocked: true)
    let key = Replies.Key(
      principal: visitor.principal.description, method: attempt.method, requestID: attempt.requestID,
      digest: attempt.digest)
    if let reply = try await Replies.find(key, in: transaction) { return try Response(serializedBytes: reply) }
    let now = clock.now()
    let newID: @Sendable () -> RecordID = { [ids] in ids.next(unixMilliseconds: now.unixMilliseconds) }
    var response = try await body(Change(transaction: transaction, visitor: visitor, newID: newID))
    if attempt.isRehearsal {
      response.name = ""
      throw Rehearsed(response: response)
    }
    let bytes: [UInt8] = try response.serializedBytes()
    let act = InsertAct(
      id: newID(), time: visitor.now, principal: visitor.principal, method: attempt.method, resource: response.name,
      reason: attempt.reason, result: bytes)
    try await transaction.execute(act, InsertAuditRecords([AuditRecord(act, by: visitor)]))
    try await Replies.keep(bytes, for: key, at: now, in: transaction)
    return response
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

/// A change that was asked for, without what it is.
private struct Attempt {
  var method: String
  var reason: String
  var requestID: RequestID
  var digest: [UInt8]
  var isRehearsal: Bool

  init(_ request: some ChangeRequest, method: String) throws {
    self.method = method
    reason = try FieldRules.text(request.reason, field: "reason", limit: 500)
    guard let requestID = try RequestID(request.requestID) else {
      throw ServiceError.invalid("request_id", "is required", reason: .invalidRequestID)
    }
    self.requestID = requestID
    isRehearsal = request.isRehearsal
    var rest = request
    rest.requestID = ""
    digest = Replies.Key.digest(of: try rest.serializedBytes())
  }
}

/// Undoes a change that was not meant.
private struct Rehearsed<Response: Sendable>: Error {
  var response: Response
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
