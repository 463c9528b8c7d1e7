/// How a track has ended, as far as it is confirmed.
enum TrackEnd: Hashable, Sendable {
  case convicted, acquitted, dismissed, deceased, declined, pardoned, transferred, closedWithoutSuspect
}

extension StageHistory<AccountabilityStage> {
  /// Nil while it goes on, waits for a new fact that is expected, or is disputed.
  var end: TrackEnd? {
    let status = status
    guard !status.isDisputed else { return nil }
    switch status.verified {
    case .final, .executingSentence, .closed: return lastVerdict
    case .dismissed: return .dismissed
    case .deceased: return .deceased
    case .declined: return .declined
    case .pardoned: return .pardoned
    case .transferred: return .transferred
    case .closedWithoutSuspect: return .closedWithoutSuspect
    default: return nil
    }
  }

  // A verdict that an appeal replaced is followed by the one that did.
  private var lastVerdict: TrackEnd? {
    switch confirmed.last(where: { $0.stage == .guilty || $0.stage == .notGuilty })?.stage {
    case .guilty: .convicted
    case .notGuilty: .acquitted
    default: nil
    }
  }
}
