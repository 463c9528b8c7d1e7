import AIP
import Policy
import Postgres

/// What goes with an assertion on record beside its stage: who recorded it, from which document, who validated it.
struct Testimony: Hashable, Sendable {
  var id: RecordID
  var caseID: RecordID
  var track: RecordID
  /// The place in the track, from 1: the order in which the register learnt of it.
  var position: Int64
  /// The stage's number in the vocabulary of the track's kind.
  var stage: Int16
  var effective: PartialDate?
  var known: PartialDate
  var source: AssertionSource
  var certainty: Certainty
  var isInferred: Bool
  var supersedes: RecordID?
  var document: String
  var note: String
  /// Who recorded it, or, of what was proposed, who validated it.
  var author: RecordID
  /// The proposal that it came from.
  var proposal: RecordID?
  var createTime: PostgresTimestamp

  /// The same without what the stages' machine does not look at; nil when its number is none of the vocabulary's.
  func assertion<StageName: Stage>(_ type: StageName.Type = StageName.self) -> StageAssertion<StageName>? {
    guard let stage = StageName(rawValue: stage) else { return nil }
    return StageAssertion(
      id: id, stage: stage, effective: effective, known: known, source: source, certainty: certainty,
      isInferred: isInferred, supersedes: supersedes)
  }
}

extension [Testimony] {
  /// What was asserted of a track, in order.
  func history<StageName: Stage>(
    of track: Track, incident: PartialDate, _ type: StageName.Type = StageName.self
  ) -> StageHistory<StageName> {
    let own = filter { $0.track == track.id }.sorted { $0.position < $1.position }
    return StageHistory(incident: incident, assertions: own.compactMap { $0.assertion() })
  }
}
