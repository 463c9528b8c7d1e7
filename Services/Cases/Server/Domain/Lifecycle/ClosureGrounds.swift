/// What a case's record shows for closing it.
struct ClosureGrounds: Hashable, Sendable {
  /// How each track has ended that decides of the case; nil for one that has not.
  var ends: [TrackEnd?]
  var isDisputed: Bool
  var hasPendingProposal: Bool
  var hasDocument: Bool

  init(_ tracks: [StageHistory<AccountabilityStage>], hasPendingProposal: Bool, hasDocument: Bool) {
    ends = tracks.map(\.end)
    isDisputed = tracks.contains { $0.status.isDisputed }
    self.hasPendingProposal = hasPendingProposal
    self.hasDocument = hasDocument
  }

  var shown: Set<LifecycleCondition> {
    var shown: Set<LifecycleCondition> = []
    func show(_ condition: LifecycleCondition, _ isShown: Bool) {
      if isShown { shown.insert(condition) }
    }
    show(.nothingProposed, !hasPendingProposal)
    show(.nothingDisputed, !isDisputed)
    show(.sourceDocument, hasDocument)
    show(.tracksSettled, !ends.contains(nil))
    show(ends.contains(.convicted) ? .finalConviction : .noFinalConviction, true)
    show(ends.contains(.acquitted) ? .finalAcquittal : .noFinalAcquittal, true)
    show(.dismissal, ends.contains(.dismissed))
    show(.suspectsDeceased, !ends.isEmpty && ends.allSatisfy { $0 == .deceased })
    return shown
  }
}
