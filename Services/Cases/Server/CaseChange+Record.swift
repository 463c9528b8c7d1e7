import AIP
import GRPCCore
import Policy
import Postgres
import VigilCasesAPI

// What is put on record, by whoever may or by acceptance of what was proposed.
extension CaseChange {
  func add<Entry: CaseEntry>(_ entry: Entry) async throws -> Entry {
    try await transaction.execute(InsertEntry(entry: entry))
    return entry
  }

  /// From now on the party of the forum stands in a relation to the case.
  func add(proceeding message: PBProceeding) async throws -> Proceeding {
    let proceeding = try Proceeding(message, self)
    let relation = InsertRelation(caseID: caseID, party: proceeding.party, hat: .forum, time: now)
    _ = try await transaction.execute(InsertEntry(entry: proceeding), relation)
    return proceeding
  }

  /// - Throws: ALREADY_EXISTS when the proceeding, or the accused in it, is followed already.
  func add(track: Track, _ dossier: Dossier) async throws -> Track {
    let isFollowed = dossier.tracks.contains {
      $0.kind == .accountability && $0.proceeding == track.proceeding && $0.suspect == track.suspect
    }
    guard track.kind == .diplomatic || !isFollowed else {
      throw ServiceError(
        .alreadyExists, .resourceExists, "it is followed by another track", metadata: ["field": "track.suspect"])
    }
    return try await add(track)
  }

  /// Has the machine of the track judge an assertion, and puts it on record with what follows from it.
  ///
  /// - Throws: FAILED_PRECONDITION for what the machine refuses, and of a case that is not handled.
  /// - Returns: the assertion itself.
  func assert(_ draft: AssertionDraft, of track: Track, _ dossier: Dossier) async throws -> Testimony {
    let state = dossier.head.state
    guard state.isHandled else {
      throw ServiceError(
        LifecycleRefusal.notAllowed(after: state, allowed: state.next),
        on: PartName<LifecyclePart>(caseID).description)
    }
    let added =
      switch track.kind {
      case .accountability: try judge(draft, of: track, dossier, AccountabilityStage.self)
      case .diplomatic: try judge(draft, of: track, dossier, DiplomaticStage.self)
      }
    for testimony in added { try await transaction.execute(InsertEntry(entry: testimony)) }
    guard let last = added.last else {
      throw ServiceError(.internalError, .internalFault, "a history has not grown by what it took")
    }
    return last
  }

  private func judge<StageName: Stage>(
    _ draft: AssertionDraft, of track: Track, _ dossier: Dossier, _ type: StageName.Type
  ) throws -> [Testimony] {
    var history: StageHistory<StageName> = dossier.history(of: track)
    let taken = Int64(history.assertions.count)
    let grounds = dossier.stageGrounds(
      of: track, hasConflictHold: sight.facts.caveats.contains(.conflictOfInterest),
      hasDocument: !draft.document.isEmpty)
    guard let stage = StageName(rawValue: draft.stage) else {
      throw ServiceError.invalid("assertion.stage", "must be a stage of the track's kind")
    }
    let assertion = StageAssertion(
      id: newID(), stage: stage, effective: draft.effective, known: today, source: draft.source,
      certainty: draft.certainty, supersedes: draft.supersedes)
    let added: [StageAssertion<StageName>]
    do {
      added = try history.add(assertion, shown: grounds.shown, makeID: newID)
    } catch {
      throw ServiceError(error, on: MemberName<Track>(caseID, track.id).description)
    }
    return zip(added, (taken + 1)...).map { testimony($0, draft, of: track, at: $1) }
  }

  private func testimony<StageName: Stage>(
    _ assertion: StageAssertion<StageName>, _ draft: AssertionDraft, of track: Track, at position: Int64
  ) -> Testimony {
    Testimony(
      id: assertion.id, caseID: caseID, track: track.id, position: position, stage: assertion.stage.rawValue,
      effective: assertion.effective, known: assertion.known, source: assertion.source,
      certainty: assertion.certainty, isInferred: assertion.isInferred, supersedes: assertion.supersedes,
      document: assertion.isInferred ? "" : draft.document, note: assertion.isInferred ? "" : draft.note,
      author: author, proposal: draft.proposal, createTime: now)
  }
}
