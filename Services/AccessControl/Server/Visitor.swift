import AIP
import Authorization
import GRPCCore
import Identity
import Policy
import PolicyPostgres
import Postgres
import Records

/// A caller that is enrolled, with what it may do at the time of the call.
struct Visitor: Sendable {
  let actor: Actor
  let administration: Administration
  /// The policy that it is judged by.
  let evaluator: PolicyEvaluator
  let now: PolicyTime

  var principal: RecordID { actor.principal.id }

  /// Which organisations it may know of.
  var organisations: FilterTree<OrganisationTest> {
    administration.seesAll ? .all([]) : .condition(.id(actor.organisation.id))
  }

  /// Which principals it may know of: who takes part is itself protected.
  var principals: FilterTree<PrincipalTest> {
    administration.seesAll ? .all([]) : .condition(.organisation(actor.organisation.id))
  }

  /// Which delegations it may know of.
  var handovers: FilterTree<HandoverTest> {
    administration.seesAll ? .all([]) : .condition(.organisation(actor.organisation.id))
  }

  /// - Throws: PERMISSION_DENIED unless `isAllowed`.
  func require(_ isAllowed: Bool) throws(ServiceError) {
    guard isAllowed else { throw .refused }
  }
}

/// Finds out who calls.
struct Visitors: Sendable {
  let pool: PostgresPool
  let clock: WallClock
  /// The policy in force.
  let policy: @Sendable () throws(ServiceError) -> PolicyEvaluator

  /// The caller of the call that this task serves.
  func current() async throws -> Visitor { try await current(in: pool, isLocked: false) }

  /// The same in a transaction, until whose end the principal cannot be stopped.
  ///
  /// - Throws: UNAUTHENTICATED for a caller without an identity; PERMISSION_DENIED for one that the directory does not
  ///   know, or no longer, and for one whose certificate was revoked.
  func current(in executor: some PostgresExecutor, isLocked: Bool) async throws -> Visitor {
    guard let proof = SelectActor.Proof(Caller.current) else { throw ServiceError.unidentified }
    let now = PolicyTime(clock.now())
    let (rows, revoked) = try await executor.execute(
      SelectActor(proof: proof, time: now, isLocked: isLocked), IsRevoked(serial: Caller.current.certificate))
    guard var actor = Actor(rows), revoked == [false] else { throw ServiceError.refused }
    actor.limit = actor.subject.limited(as: Caller.current).limit
    let evaluator = try policy()
    let context = AccessContext(subject: actor.subject, environment: Environment(now: now))
    let administration = Administration(readers: evaluator.permittedReaders(context))
    return Visitor(actor: actor, administration: administration, evaluator: evaluator, now: now)
  }
}

extension SelectActor.Proof {
  /// Nil for a caller that has not proved who it is. A token speaks alone: ``Caller/token``.
  init?(_ caller: Caller) {
    if let token = caller.token {
      self = .principal(token.principal)
    } else if let identity = caller.peer.identity {
      self = .certificate(identity.uri)
    } else {
      return nil
    }
  }
}
