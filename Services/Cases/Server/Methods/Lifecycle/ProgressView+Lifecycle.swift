import AIP
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

// How a case is handled, as the contract shows it to the reader. Where the case stands is shown with the case; why, and
// who decided, to those who may change it.
extension ProgressView {
  private var tellsWhy: Bool { sight.mayWrite(.core) }

  var lifecycle: PBCaseLifecycle {
    let state = dossier.head.state
    let outcome = state == .closed ? dossier.closures.last { $0.state == .confirmed }?.outcome : nil
    var message = PBCaseLifecycle()
    message.name = PartName<LifecyclePart>(dossier.head.id).description
    message.state = .init(number: state)
    message.nextStates = state.next.sorted { $0.rawValue < $1.rawValue }.map { .init(number: $0) }
    if let outcome { message.outcome = .init(number: outcome) }
    message.resolution = PBResolution(state, outcome)
    if let time = dossier.transitions.last?.createTime { message.transitionTime = Google_Protobuf_Timestamp(time) }
    guard tellsWhy else { return message }
    let pending = dossier.closures.first { $0.state == .proposed }
    message.pendingClosure = pending.map { MemberName<Closure>($0.caseID, $0.id).description } ?? ""
    message.etag = Etag(revision: dossier.head.revision).description
    if let date = openingDate { message.openingDate = PBPartialDate(date) }
    message.mergedInto = dossier.head.mergedInto.map { CaseName($0).description } ?? ""
    return message
  }

  func show(_ transition: CaseTransition) -> PBCaseTransition? {
    var message = PBCaseTransition()
    if let from = transition.from { message.fromState = .init(number: from) }
    message.toState = .init(number: transition.to)
    message.createTime = Google_Protobuf_Timestamp(transition.createTime)
    guard tellsWhy else { return message }
    message.reason = transition.reason
    message.closure = transition.closure.map { MemberName<Closure>(transition.caseID, $0).description } ?? ""
    message.mergedInto = transition.survivor.map { CaseName($0).description } ?? ""
    return message
  }

  /// A closure that waits, or was refused, is nobody's but theirs who may close the case.
  func show(_ closure: Closure) -> PBClosure? {
    guard tellsWhy || closure.state == .confirmed else { return nil }
    var message = PBClosure()
    message.name = MemberName<Closure>(closure.caseID, closure.id).description
    message.outcome = .init(number: closure.outcome)
    message.state = .init(number: closure.state)
    if let time = closure.decideTime { message.decideTime = Google_Protobuf_Timestamp(time) }
    guard tellsWhy else { return message }
    message.document = closure.document
    message.reason = closure.reason
    message.proposer = "principals/\(closure.proposer)"
    message.decider = closure.decider.map { "principals/\($0)" } ?? ""
    message.etag = Etag(revision: closure.revision).description
    message.createTime = Google_Protobuf_Timestamp(closure.createTime)
    return message
  }
}

extension PBResolution {
  fileprivate init(_ state: Case.State, _ outcome: ClosureOutcome?) {
    switch (state, outcome?.resolution) {
    case (.merged, _), (.outOfScope, _), (.enteredInError, _), (_, .notCounted?): self = .notCounted
    case (_, .resolved?): self = .resolved
    default: self = .unresolved
    }
  }
}
