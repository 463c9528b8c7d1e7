import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

// The steps that cases take.
extension CaseChange {
  /// Takes a step that was judged, with what follows on record from it.
  ///
  /// - Parameters:
  ///   - closure: the one behind it, whose reason it has.
  ///   - survivor: the case that stands for it from then on.
  /// - Returns: the case as it is then.
  func take(
    _ state: Case.State, because closure: Closure? = nil, into survivor: RecordID? = nil, _ dossier: Dossier
  ) async throws -> ProgressView {
    let transition = CaseTransition(
      id: newID(), caseID: caseID, from: dossier.head.state, to: state, reason: closure?.reason ?? reason,
      author: author, closure: closure?.id, survivor: survivor, createTime: now)
    var after = dossier
    after.head.state = state
    after.head.revision += 1
    after.head.mergedInto = survivor
    after.transitions.append(transition)
    _ = try await transaction.execute(
      UpdateCaseState(head: after.head, time: now), InsertEntry(entry: transition))
    return view(after)
  }

  /// Decides what waits for a second person.
  ///
  /// - Parameter entries: those of the case.
  /// - Throws: NOT_FOUND for one that the case has not; ABORTED for another etag; FAILED_PRECONDITION for one that was
  ///   decided before, and for whoever proposed it and would confirm it.
  func decide<Entry: CaseEntry & CaseMember & TwoPersonDecision>(
    _ name: MemberName<Entry>, etag: String, _ state: DecisionState, among entries: [Entry]
  ) async throws -> Entry {
    let entry = try entries.named(name)
    try Etag(revision: entry.revision).check(etag)
    guard entry.state == .proposed else {
      throw ServiceError(.failedPrecondition, .resourceEnded, "it is decided")
    }
    let decided: Entry
    do {
      decided = try entry.decided(state, by: author, at: now)
    } catch {
      throw ServiceError(error, on: name.description)
    }
    try await transaction.execute(UpdateEntry(entry: decided))
    return decided
  }
}

extension Dossier {
  /// - Throws: FAILED_PRECONDITION unless the case can take the step.
  func check(
    stepTo state: Case.State, outcome: ClosureOutcome? = nil, shown: Set<LifecycleCondition>
  ) throws(ServiceError) {
    do {
      try head.state.check(stepTo: state, outcome: outcome, shown: shown)
    } catch {
      throw ServiceError(error, on: PartName<LifecyclePart>(head.id).description)
    }
  }

  /// - Throws: FAILED_PRECONDITION unless the case can be closed so.
  func check(_ closure: Closure, shown: Set<LifecycleCondition>) throws(ServiceError) {
    let grounds = closureGrounds(hasDocument: !closure.document.isEmpty)
    try check(stepTo: .closed, outcome: closure.outcome, shown: grounds.shown.union(shown))
  }
}

extension Closure {
  init(_ message: PBClosure, _ change: CaseChange) throws(ServiceError) {
    self.init(
      id: change.newID(), caseID: change.caseID,
      outcome: try FieldRules.word(message.outcome, field: "closure.outcome"),
      reason: change.reason,
      document: try FieldRules.optionalText(message.document, field: "closure.document", limit: 200),
      proposer: change.author, createTime: change.now)
  }
}
