/// How far a case has come: what its tracks come to together.
struct CaseProgress: Hashable, Sendable {
  /// Of the most advanced track that goes on; of the most advanced of all when none does.
  var current: AccountabilityStage
  /// The most advanced that any track has ever reached.
  var furthest: AccountabilityStage
  /// Whether any track is disputed.
  var isDisputed: Bool

  init(_ tracks: [StageStatus<AccountabilityStage>]) {
    let live = tracks.filter(\.isLive)
    current = (live.isEmpty ? tracks : live).max { Self.isBehind($0, $1) }?.verified ?? .first
    furthest = tracks.map(\.furthest).max { ($0.progress ?? -1) < ($1.progress ?? -1) } ?? .first
    isDisputed = tracks.contains { $0.isDisputed }
  }

  private static func isBehind(
    _ one: StageStatus<AccountabilityStage>, _ other: StageStatus<AccountabilityStage>
  ) -> Bool {
    (one.furthest.progress ?? -1) < (other.furthest.progress ?? -1)
  }
}
