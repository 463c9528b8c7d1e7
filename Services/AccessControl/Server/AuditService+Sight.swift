import AIP
import Audit
import AuditOutbox
import GRPCCore
import Policy
import Postgres

/// What a caller sees of the log.
enum LogSight: Hashable, Sendable {
  /// Every entry.
  case all
  /// The entries of its own party.
  case own(PartyID)
  /// Of every entry where it stands and its hash.
  case hashes

  /// Nil for nothing.
  init?(_ decision: Decision, of party: PartyID) {
    let others = decision.disposition(.audit).transform
    if others == .clear {
      self = .all
    } else if decision.disposition(.audit, in: RecordFacts(owners: [party])).transform == .clear {
      self = .own(party)
    } else if others >= .mask {
      self = .hashes
    } else {
      return nil
    }
  }

  /// Which entries it may know of.
  var entries: FilterTree<AuditTest> {
    if case .own(let party) = self { .condition(.party(party.description)) } else { .all([]) }
  }

  var showsContent: Bool { self != .hashes }
}

// What a caller stands to the log. The policy decides, as about a case: the log is a resource to which every party
// stands in every relation, and each entry is a record of the party whose act it is.
extension AuditService {
  /// What the caller may see.
  ///
  /// - Throws: PERMISSION_DENIED for whoever may see nothing; that it was tried is recorded.
  func sight(_ context: ServerContext) async throws -> LogSight {
    let (visitor, decision) = try await decision()
    guard let sight = LogSight(decision, of: visitor.actor.organisation.party) else {
      try await record(context, visitor, decision, isAllowed: false)
      throw ServiceError.refused
    }
    return sight
  }

  /// The same for a method that shows entries: that they are seen is recorded before they are shown.
  func recordedSight(_ context: ServerContext) async throws -> LogSight {
    let (visitor, decision) = try await decision()
    let sight = LogSight(decision, of: visitor.actor.organisation.party)
    if sight?.showsContent != false { try await record(context, visitor, decision, isAllowed: sight != nil) }
    guard let sight else { throw ServiceError.refused }
    return sight
  }

  private func decision() async throws -> (visitor: Visitor, decision: Decision) {
    let visitor = try await visitors.current()
    let (snapshot, evaluator) = try broadcast.current()
    let environment = Environment(now: visitor.now, lockdowns: snapshot.lockdowns)
    // To read the log is to audit.
    let access = AccessContext(subject: visitor.actor.subject, purpose: .audit, environment: environment)
    let facts = CaseFacts(logFor: visitor.actor.organisation.party)
    return (visitor, evaluator.decide(AccessRequest(access, gate: .audit, resource: facts)))
  }

  private func record(
    _ context: ServerContext, _ visitor: Visitor, _ decision: Decision, isAllowed: Bool
  ) async throws {
    try await trail.record(
      AuditRecord(
        time: visitor.now, method: context.descriptor.fullyQualifiedMethod, principal: visitor.principal,
        party: visitor.actor.organisation.party, resource: "", purpose: .audit, classes: [.audit],
        policyVersion: decision.policyVersion, isAllowed: isAllowed))
  }
}

extension CaseFacts {
  /// The log, as it is to a party.
  fileprivate init(logFor party: PartyID) {
    let relations = HatKind.allCases.filter { $0 != .implicated }
    self.init(id: LoggedEntry.nobody, hats: relations.map { Hat($0, party) }, incident: .always)
  }
}
