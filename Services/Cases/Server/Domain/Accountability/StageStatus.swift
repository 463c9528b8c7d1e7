/// What a history comes to.
struct StageStatus<StageName: Stage>: Hashable, Sendable {
  /// What is confirmed. While it is disputed: the last stage that is not.
  var verified: StageName
  /// Stages of which only one can be, each confirmed by somebody.
  var rivals: Set<StageName>
  /// The last that each source said, confirmed or not.
  var claims: [AssertionSource: StageName]
  /// The most advanced stage of the course that is confirmed.
  var furthest: StageName
  /// Whether the track goes on.
  var isLive: Bool { verified.isLive }

  var isDisputed: Bool { !rivals.isEmpty }
}

extension StageHistory {
  var status: StageStatus<StageName> {
    var verified = StageName.first
    var rivals: Set<StageName> = []
    for stage in confirmed.map(\.stage) where rivals.isEmpty && stage != verified {
      if verified.way(to: stage) != nil {
        verified = stage
      } else {
        rivals = [verified, stage]
      }
    }
    if !rivals.isEmpty {
      verified = confirmed.last { !rivals.contains($0.stage) }?.stage ?? .first
    }
    let reached = [.first] + confirmed.map(\.stage).filter { !rivals.contains($0) }
    return StageStatus(
      verified: verified,
      rivals: rivals,
      claims: Dictionary(standing.filter { !$0.isInferred }.map { ($0.source, $0.stage) }) { $1 },
      furthest: reached.max { ($0.progress ?? -1) < ($1.progress ?? -1) } ?? .first
    )
  }
}
