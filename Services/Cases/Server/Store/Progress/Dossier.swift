import AIP
import Policy
import Postgres

/// All that is on record of what becomes of a case.
struct Dossier: Sendable {
  var head: CaseHead
  var communications: [Communication] = []
  var proceedings: [Proceeding] = []
  var facts: [ProceedingFact] = []
  var suspects: [Suspect] = []
  var tracks: [Track] = []
  var testimonies: [Testimony] = []
  var proposals: [Proposal] = []
  var closures: [Closure] = []
  var regradings: [Regrading] = []
  var transitions: [CaseTransition] = []
  /// Every account of every incident.
  var incidents: [IncidentAccount] = []
  /// Every account of every item of evidence, and what was done with them.
  var evidence: [EvidenceAccount] = []
  var custody: [CustodyEvent] = []

  /// What was on record at a time, in one round trip; head, steps and decisions are those of the present
  /// (``known(at:)``).
  init(_ head: CaseHead, at time: PostgresTimestamp = .infinity, in executor: some PostgresExecutor) async throws {
    self.head = head
    let id = head.id
    (
      communications, proceedings, facts, suspects, tracks, testimonies, proposals, closures, regradings, transitions,
      incidents, evidence, custody
    ) = try await executor.execute(
      SelectEntries<Communication>(caseID: id, time: time), SelectEntries<Proceeding>(caseID: id, time: time),
      SelectEntries<ProceedingFact>(caseID: id, time: time), SelectEntries<Suspect>(caseID: id, time: time),
      SelectEntries<Track>(caseID: id, time: time), SelectEntries<Testimony>(caseID: id, time: time),
      SelectEntries<Proposal>(caseID: id, time: time), SelectEntries<Closure>(caseID: id, time: time),
      SelectEntries<Regrading>(caseID: id, time: time), SelectEntries<CaseTransition>(caseID: id),
      SelectEntries<IncidentAccount>(caseID: id, time: time), SelectEntries<EvidenceAccount>(caseID: id, time: time),
      SelectEntries<CustodyEvent>(caseID: id, time: time))
  }

  func history<StageName: Stage>(of track: Track, _ type: StageName.Type = StageName.self) -> StageHistory<StageName> {
    testimonies.history(of: track, incident: head.incident)
  }

  /// Changes with every assertion of the track.
  func etag(of track: Track) -> Etag { Etag(revision: Int64(testimonies.count { $0.track == track.id })) }

  /// What the tracks of proceedings come to together.
  var progress: CaseProgress {
    CaseProgress(tracks.filter { $0.kind == .accountability }.map { history(of: $0, AccountabilityStage.self).status })
  }

  /// What there is for closing the case.
  func closureGrounds(hasDocument: Bool) -> ClosureGrounds {
    ClosureGrounds(
      tracks.deciding.map { history(of: $0, AccountabilityStage.self) },
      hasPendingProposal: proposals.contains { $0.state == .pending },
      hasDocument: hasDocument)
  }

  /// What there is for the next step of a track.
  func stageGrounds(of track: Track, hasConflictHold: Bool, hasDocument: Bool) -> StageGrounds {
    let proceeding = proceedings.first { $0.id == track.proceeding }
    return StageGrounds(
      hostStates: head.hostStates.compactMap { PartyID($0) },
      hasConflictHold: hasConflictHold,
      communications: communications,
      suspects: suspects.count,
      proceeding: proceeding,
      facts: facts.filter { $0.proceeding == track.proceeding && ($0.track == nil || $0.track == track.id) },
      hasDocument: hasDocument,
      isArrestDated: track.kind == .accountability && history(of: track, AccountabilityStage.self).isArrestDated,
      lastStep: testimonies.filter { $0.track == track.id && $0.certainty == .confirmed }.map(\.createTime).max()
    )
  }

  /// The parties whose courts the accused stands before.
  func forums(of suspect: Suspect) -> [Proceeding] {
    let ids = Set(tracks.filter { $0.suspect == suspect.id }.compactMap(\.proceeding))
    return proceedings.filter { ids.contains($0.id) }
  }
}

extension Dossier {
  /// As it was at the time: with decisions and steps taken back that were made later. Everything else is never changed.
  func known(at time: PostgresTimestamp) -> Dossier {
    guard time.isFinite else { return self }
    var earlier = self
    earlier.proposals = proposals.map { $0.known(at: time) }
    earlier.closures = closures.map { $0.known(at: time) }
    earlier.regradings = regradings.map { $0.known(at: time) }
    earlier.head.state = transitions.last { $0.createTime <= time }?.to ?? transitions.first?.from ?? head.state
    earlier.head.mergedInto = transitions.last { $0.createTime <= time }?.survivor
    earlier.transitions = transitions.filter { $0.createTime <= time }
    return earlier
  }
}
