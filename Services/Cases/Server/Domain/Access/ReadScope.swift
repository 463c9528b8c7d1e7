import AIP
import Policy

/// How far a reader may see at all, whatever is asked: what the database is told before each read, so that it gives no row
/// beyond it (migration 0004). Made from roles alone, without the policy's engine: a second opinion.
struct ReadScope: Hashable, Sendable {
  /// Whether it may see every case.
  var seesAll: Bool
  /// In whose relations to cases it reads.
  var parties: [PartyID] = []
  /// Cases that are opened to it one by one.
  var cases: [RecordID] = []
  /// Of whose relations it may know: its own, and those of missions that are locked.
  var relations: [PartyID] = []

  /// Of the service's own work.
  static let everything = ReadScope(seesAll: true)

  init(seesAll: Bool) { self.seesAll = seesAll }

  init(_ context: AccessContext, _ evaluator: PolicyEvaluator) {
    seesAll = false
    let permitted = evaluator.permittedReaders(context)
    evaluator.forEachRole(context.subject, at: context.environment.now) { role in
      let rule = evaluator.policy.readers[Int(role.reader.rawValue)]
      guard permitted.contains(role.reader), rule.purpose == nil || rule.purpose == context.purpose else { return }
      if rule.hat != nil {
        Self.add(role.scope ?? context.subject.party, to: &parties)
      } else if evaluator.policy.cell(.core, role.reader).opensEveryCase {
        seesAll = true
      }
    }
    relations = parties
    Self.add(context.subject.party, to: &relations)
    for mission in context.environment.lockdowns.compactMap(\.mission) { Self.add(mission, to: &relations) }
    cases = Self.opened(context)
  }

  private static func add(_ party: PartyID, to parties: inout [PartyID]) {
    if !parties.contains(party) { parties.append(party) }
  }

  /// The cases of grants and of emergency access that are in force.
  private static func opened(_ context: AccessContext) -> [RecordID] {
    let (now, principal) = (context.environment.now, context.subject.principal)
    let granted = context.environment.grants.filter {
      !$0.isRevoked && $0.period.contains(now) && ($0.principal ?? principal) == principal
    }
    let emergencies = context.environment.emergencies.filter { !$0.isRevoked && $0.period.contains(now) }
    return granted.map(\.caseID) + emergencies.map(\.caseID)
  }
}

extension Cell {
  /// Whether it gives something without a grant.
  fileprivate var opensEveryCase: Bool { entitlements.contains { $0.right != .grant } }
}
