import AIP
import Audit
import AuditOutbox
import Authorization
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf

/// Makes changes of cases: each in one transaction with who made it and why, and with the answer that a repeated call
/// gets. Changes of one case follow one another.
struct CaseLedger: Sendable {
  let pool: PostgresPool
  let ids: RecordID.Generator
  let clock: WallClock
  let gate: CaseGate
  let trace: ReadTrail
  let herald: FeedHerald

  /// Makes a change of a case that the caller may see.
  ///
  /// - Parameters:
  ///   - name: what it is asked of: the case, or something of it.
  ///   - others: cases that the change has to do with besides.
  ///   - action: with the classes, what the caller must be allowed.
  ///   - body: judges and writes, with what is on record of the case; gives the resource as it is then. Run again when
  ///     the database asks for it.
  /// - Throws: what `body` throws; INVALID_ARGUMENT for a bad reason or request id; NOT_FOUND for a case that the caller
  ///   may not see; PERMISSION_DENIED for what it may not do.
  func record<Request: ChangeRequest, Response: ResourceMessage>(
    _ request: Request, asking name: some CaseResourceName, beside others: [RecordID] = [],
    for action: Action, _ classes: DataClassSet,
    _ context: ServerContext, _ body: (CaseChange, Dossier) async throws -> Response
  ) async throws -> Response {
    let reader = try await gate.readers.current()
    return try await trace.recordingRefusal(of: name, to: reader.requester, context) {
      try await record(request, for: action, classes, asking: name, beside: others, context, body)
    }
  }

  private func record<Request: ChangeRequest, Response: ResourceMessage>(
    _ request: Request, for action: Action, _ classes: DataClassSet, asking name: some CaseResourceName,
    beside others: [RecordID], _ context: ServerContext, _ body: (CaseChange, Dossier) async throws -> Response
  ) async throws -> Response {
    try await record(request, classes, context) { transaction in
      let reader = try await gate.readers.current()
      // Changes of a case follow one another; each is judged by what the one before it left.
      _ = try await transaction.execute(
        SetScope(scope: .everything), LockCases(ids: [name.caseID] + others))
      let sight = try await gate.sight(asking: name, for: reader, in: transaction)
      try sight.require(action, classes)
      return sight
    } _: { change in
      let select = SelectCaseHead(id: name.caseID)
      guard let head = try await change.transaction.execute(select).first else { throw ServiceError.notFound(name) }
      return try await body(change, try await Dossier(head, in: change.transaction))
    }
  }

  func newID() -> RecordID { ids.next(unixMilliseconds: clock.now().unixMilliseconds) }

  /// - Parameters:
  ///   - classes: what is changed.
  ///   - enter: judges who asks.
  func record<Request: ChangeRequest, Response: ResourceMessage>(
    _ request: Request, _ classes: DataClassSet, _ context: ServerContext,
    by enter: (PostgresTransaction) async throws -> CaseSight,
    _ body: (CaseChange) async throws -> Response
  ) async throws -> Response {
    let attempt = try ChangeAttempt(request, method: context.descriptor.fullyQualifiedMethod)
    let now = clock.now()
    let newID: @Sendable () -> RecordID = { [ids] in ids.next(unixMilliseconds: now.unixMilliseconds) }
    let response = try await attempt.make(on: pool, at: now) { transaction in
      let sight = try await enter(transaction)
      return (sight.principal.description, sight)
    } _: { transaction, sight in
      try await body(
        CaseChange(transaction: transaction, sight: sight, now: now, reason: attempt.reason, newID: newID))
    } keep: { transaction, sight, response, bytes in
      let act = InsertAct(
        id: newID(), time: now, principal: sight.principal, method: attempt.method, resource: response.name,
        reason: attempt.reason, result: bytes, policyVersion: sight.requester.policyVersion)
      try await transaction.execute(act, InsertAuditRecords([AuditRecord(act, by: sight.requester, classes)]))
    }
    herald.tell()
    return response
  }
}

extension AuditRecord {
  /// An act as the log has it: the reason and the result stay here.
  fileprivate init(_ act: InsertAct, by requester: Requester, _ classes: DataClassSet) {
    self.init(
      time: requester.now, method: act.method, principal: act.principal, party: requester.party, resource: act.resource,
      purpose: requester.purpose, classes: classes, policyVersion: act.policyVersion,
      details: AuditRecord.digest(ofAct: act.id, reason: act.reason, result: act.result))
  }
}

/// What a change of a case is made with.
struct CaseChange: Sendable {
  let transaction: PostgresTransaction
  let sight: CaseSight
  let now: PostgresTimestamp
  let reason: String
  let newID: @Sendable () -> RecordID

  var author: RecordID { sight.principal }
  var caseID: RecordID { sight.facts.id }
  var today: PartialDate { PartialDate(dayOf: now) }
}
