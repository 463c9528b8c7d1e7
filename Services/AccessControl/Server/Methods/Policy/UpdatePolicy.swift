import AIP
import GRPCCore
import Policy
import Postgres
import Records
import VigilAccessAPI

extension PolicyService {
  func updatePolicy(request: PBUpdatePolicyRequest, context: ServerContext) async throws -> PBPolicy {
    let next = try Self.policy(request.policy.text)
    let approver = try PrincipalName(parsing: request.approver, field: "approver").id
    return try await ledger.record(request, context) { change in
      let visitor = change.visitor
      try visitor.require(!visitor.administration.readers.intersection(PolicyVersion.deciders).isEmpty)
      try await change.transaction.execute(LockPolicies())
      let inForce = try await change.transaction.policyInForce()
      try Etag(revision: Int64(inForce.policy.version)).check(request.etag)
      let digest = Replies.Key.digest(of: Array(next.canonicalText.utf8))
      let hasApproved = try await change.transaction.execute(SelectApproval(digest: digest, approver: approver))
      let second = try await standing(of: approver, change)
      if let refusal = inForce.refusal(
        of: next, by: visitor.principal, approver: second, hasApproved: hasApproved.first == true)
      {
        throw ServiceError(refusal)
      }
      try await change.transaction.execute(
        InsertPolicy(policy: next, author: visitor.principal, approver: approver, time: change.now))
      return PBPolicy(
        PolicyVersion(policy: next, author: visitor.principal, approver: approver, createTime: change.now))
    }
  }

  private static func policy(_ text: String) throws(ServiceError) -> Policy {
    guard (1...262_144).contains(text.utf8.count) else {
      throw .invalid("policy.text", "must be of 1 to 262,144 bytes")
    }
    do {
      return try Policy(text: text)
    } catch {
      throw .invalid("policy.text", "\(error)", metadata: ["line": String(error.line)])
    }
  }

  /// A principal with the own roles in which it may act; nil when there is none.
  private func standing(of id: RecordID, _ change: Change) async throws -> (id: RecordID, readers: ReaderSet)? {
    let store = SubjectStore(executor: change.transaction)
    guard var subject = try await store.subjects([id], at: change.now)[id] else { return nil }
    subject.delegations = []
    let context = AccessContext(subject: subject, environment: Environment(now: change.now))
    return (id, change.visitor.evaluator.permittedReaders(context))
  }
}

extension ServiceError {
  fileprivate init(_ refusal: PolicyChangeRefusal) {
    switch refusal {
    case .version(let expected):
      self = .invalid(
        "policy.text", "must be of the version that follows the one in force",
        metadata: ["expected": String(expected)])
    case .secondPerson:
      self.init(
        .failedPrecondition, .secondPersonRequired, "another person who may decide about policies must agree")
    case .notApproved:
      self.init(.failedPrecondition, .secondPersonRequired, "the second person has not agreed to this text")
    }
  }
}
