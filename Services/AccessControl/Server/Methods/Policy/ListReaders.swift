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
import VigilTypeAPI

extension PolicyService {
  func listReaders(request: PBListReadersRequest, context: ServerContext) async throws -> PBListReadersResponse {
    let plan = try ReadersPlan(request)
    let visitor = try await visitors.current()
    // The roster is confidential.
    try visitor.require(!visitor.administration.readers.intersection(PolicyVersion.deciders).isEmpty)
    let after = try await tokens.open(request.pageToken, query: plan.digest, now: clock.seconds)
    guard let facts = try await cases.facts(of: plan.caseID) else {
      throw ServiceError.notFound(type: "vigil.un.org/Case", name: request.case)
    }
    try await note(request.case, plan.dataClass, visitor, context)
    var response = PBListReadersResponse()
    var last = after.flatMap { ListKey(bytes: $0)?.id }
    while true {
      let subjects = try await SubjectStore(executor: pool).readers(after: last, limit: 200, at: visitor.now)
      for subject in subjects {
        guard let reader = try reader(subject, of: facts, plan, at: visitor.now) else { continue }
        if response.readers.count == plan.size, let id = last {
          response.nextPageToken = try await tokens.seal(
            ListKey.id(id).bytes, query: plan.digest, now: clock.seconds)
          return response
        }
        response.readers.append(reader)
        last = subject.principal
      }
      guard subjects.count == 200 else { return response }
      last = subjects.last?.principal
    }
  }

  /// The subject as a reader of the case; nil when it sees nothing of the class. Whoever reads for a purpose only is a
  /// reader, whatever its purpose would be.
  private func reader(
    _ subject: Subject, of facts: CaseFacts, _ plan: ReadersPlan, at now: PolicyTime
  ) throws(ServiceError) -> PBReader? {
    let (snapshot, evaluator) = try broadcast.current()
    let environment = Environment(
      now: now, grants: snapshot.grants, emergencies: snapshot.emergencies, lockdowns: snapshot.lockdowns)
    var most: (transform: Transform, readers: ReaderSet) = (.drop, [])
    for purpose in [Purpose?.none] + Purpose.allCases.map(Optional.some) {
      let context = AccessContext(subject: subject, purpose: purpose, environment: environment)
      let decision = evaluator.decide(AccessRequest(context, resource: facts))
      guard decision.isVisible else { continue }
      let transform = decision.disposition(plan.dataClass, in: RecordFacts(owners: [subject.party])).transform
      most = (max(most.transform, transform), most.readers.union(decision.readers))
    }
    guard most.transform >= .countOnly else { return nil }
    return PBReader.with {
      $0.principal = PrincipalName(subject.principal).description
      $0.readers = most.readers.map { PBReaderClass($0) }
      $0.transform = PBTransform(most.transform)
    }
  }

  private func note(
    _ resource: String, _ dataClass: DataClass, _ visitor: Visitor, _ context: ServerContext
  ) async throws {
    let act = InsertAct(
      id: ledger.ids.next(unixMilliseconds: PostgresTimestamp(visitor.now).unixMilliseconds), time: visitor.now,
      principal: visitor.principal, method: context.descriptor.fullyQualifiedMethod, resource: resource,
      reason: "read of the roster", result: [])
    try await pool.execute(act, InsertAuditRecords([AuditRecord(act, by: visitor, classes: [dataClass])]))
  }
}

/// A request for the readers of a case, checked.
private struct ReadersPlan {
  let caseID: RecordID
  let dataClass: DataClass
  let size: Int
  let digest: QueryDigest

  init(_ request: PBListReadersRequest) throws(ServiceError) {
    caseID = try CaseName(parsing: request.case, field: "case").id
    dataClass = request.dataClass == .unspecified ? .core : try FieldRules.code(request.dataClass, field: "data_class")
    size = try PageSize(standard: 50, maximum: 500).resolve(request.pageSize)
    digest = QueryDigest("ListReaders", request.case, dataClass.code)
  }
}
