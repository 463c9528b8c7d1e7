import AIP
import Policy
import Postgres

// What is put on record.
extension ExerciseStory {
  /// - Returns: its id.
  mutating func write(
    to party: PartyID, _ direction: Communication.Direction, _ act: Communication.Act, answering: RecordID?
  ) -> RecordID {
    let communication = Communication(
      id: newID(), caseID: life.record.id, kind: random.one(weighing: [(.noteVerbale, 70), (.letter, 30)]),
      direction: direction, act: act, party: party, sent: today, symbol: random.document("NV"),
      subject: random.sentence(), answers: answering, author: Self.officers[0], createTime: now)
    write { $0.dossier.communications.append(communication) }
    return communication.id
  }

  mutating func open(_ proceeding: Proceeding, against suspect: Suspect?) -> Track {
    let track = Track(
      id: newID(), caseID: life.record.id, kind: .accountability, proceeding: proceeding.id, suspect: suspect?.id,
      author: Self.officers[0], createTime: now)
    write { $0.dossier.tracks.append(track) }
    return track
  }

  mutating func add(_ kind: ProceedingFact.Kind, to track: Track, dated: Bool) {
    guard let proceeding = track.proceeding, !isOver else { return }
    let fact = ProceedingFact(
      id: newID(), caseID: life.record.id, proceeding: proceeding, track: track.id, kind: kind,
      date: dated ? today : nil, detail: random.sentence(), document: random.document("ORDER"),
      author: Self.officers[0], createTime: now)
    write { $0.dossier.facts.append(fact) }
  }

  /// Confirms a stage, if the machine of stages takes it, with those that it implies.
  ///
  /// - Returns: whether it was taken.
  mutating func assert(_ stage: AccountabilityStage, of track: Track, by source: AssertionSource) -> Bool {
    guard !isOver else { return false }
    var history = life.dossier.history(of: track, AccountabilityStage.self)
    let grounds = life.dossier.stageGrounds(of: track, hasConflictHold: false, hasDocument: true)
    let wanted = StageAssertion(
      id: RecordID(high: 0, low: 0), stage: stage, effective: today, known: today, source: source,
      certainty: .confirmed)
    guard
      let added = try? history.add(wanted, shown: grounds.shown, makeID: { RecordID(high: 0, low: 0) })
    else { return false }
    for assertion in added {
      record(assertion.stage, of: track, by: source, .confirmed, inferred: assertion.isInferred)
    }
    return true
  }

  mutating func record(
    _ stage: AccountabilityStage, of track: Track, by source: AssertionSource, _ certainty: Certainty, inferred: Bool
  ) {
    let position = life.dossier.testimonies.count { $0.track == track.id } + 1
    let testimony = Testimony(
      id: newID(), caseID: life.record.id, track: track.id, position: Int64(position), stage: stage.rawValue,
      effective: inferred ? nil : today, known: today, source: source, certainty: certainty, isInferred: inferred,
      supersedes: nil, document: inferred ? "" : random.document("REPORT"), note: inferred ? "" : random.sentence(),
      author: Self.officers[0], proposal: nil, createTime: now)
    write { $0.dossier.testimonies.append(testimony) }
  }
}
