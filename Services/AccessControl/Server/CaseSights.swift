import AIP
import GRPCCore
import Policy
import Postgres

/// What callers stand to cases. A case that does not exist and one that a caller may not see are one.
struct CaseSights: Sendable {
  let pool: PostgresPool
  let broadcast: PolicyBroadcast
  let cases: any CaseFactsSource

  /// The caller, with handed-over roles, and a case that it may see.
  struct Sight: Sendable {
    var context: AccessContext
    var facts: CaseFacts
    var decision: Decision
    var evaluator: PolicyEvaluator
  }

  /// The caller, with handed-over roles, as the policy in force sees it at the moment.
  func viewpoint(of visitor: Visitor) async throws -> (context: AccessContext, evaluator: PolicyEvaluator) {
    let (snapshot, evaluator) = try broadcast.current()
    guard
      var subject = try await SubjectStore(executor: pool).subjects([visitor.principal], at: visitor.now).values.first
    else { throw ServiceError.refused }
    subject.limit = visitor.actor.limit
    let environment = Environment(
      now: visitor.now, grants: snapshot.grants, emergencies: snapshot.emergencies, lockdowns: snapshot.lockdowns)
    return (AccessContext(subject: subject, environment: environment), evaluator)
  }

  /// - Throws: NOT_FOUND for a case that the caller may not see.
  func sight(of id: RecordID, by visitor: Visitor) async throws -> Sight {
    let (context, evaluator) = try await viewpoint(of: visitor)
    guard let facts = try await cases.facts(of: id) else { throw Self.unknown(id) }
    let decision = evaluator.decide(AccessRequest(context, resource: facts))
    guard decision.isVisible else { throw Self.unknown(id) }
    return Sight(context: context, facts: facts, decision: decision, evaluator: evaluator)
  }

  static func unknown(_ id: RecordID) -> ServiceError {
    .notFound(type: "vigil.un.org/Case", name: CaseName(id).description)
  }
}
