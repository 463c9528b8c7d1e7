import AIP
import Policy
import Postgres

// What becomes of the case.
extension ExerciseStory {
  /// Tells all of it, once.
  mutating func tell() {
    step(to: .draft)
    pass(days: 0...4)
    guard random.chance(96), !isOver else { return }
    step(to: .triage)
    pass(days: 1...20)
    guard random.chance(88), !isOver else {
      if random.chance(30), !isOver { step(to: .outOfScope) }
      return
    }
    step(to: .open)
    if let host = life.record.hostStates.first.flatMap({ PartyID($0) }) { prosecute(in: host) }
    end()
  }

  /// The host State's proceeding: as a whole until somebody is accused, then of each accused.
  private mutating func prosecute(in host: PartyID) {
    pass(days: 0...3)
    let notification = write(to: host, .outgoing, .notification, answering: nil)
    pass(days: 1...30)
    guard random.chance(86), !isOver else { return }
    let proceeding = Proceeding(
      id: newID(), caseID: life.record.id,
      forum: random.one(weighing: [(.hostCivil, 70), (.hostMilitary, 22), (.hybrid, 8)]), party: host,
      authority: "\(ExerciseWorld.mark): \(random.one(of: ExerciseTexts.authorities))",
      docket: random.document("DOCKET"), author: Self.officers[0], createTime: now)
    write { $0.dossier.proceedings.append(proceeding) }
    let whole = open(proceeding, against: nil)
    guard assert(.notified, of: whole, by: .headquarters) else { return }
    pass(days: 2...90)
    guard random.chance(80), !isOver else { return }
    _ = write(to: host, .incoming, .acknowledgement, answering: notification)
    guard assert(.acknowledged, of: whole, by: .hostState) else { return }
    pass(days: 5...200)
    guard random.chance(74), assert(.investigationOpened, of: whole, by: .hostState) else { return }
    claim(of: whole)
    pass(days: 20...500)
    guard random.chance(60), assert(.suspectsIdentified, of: whole, by: .mission) else { return }
    for _ in 0..<random.one(weighing: [(1, 60), (2, 25), (3, 15)]) { accuse(in: proceeding) }
  }

  /// What a State says of itself, beside what is verified.
  private mutating func claim(of track: Track) {
    guard random.chance(20), !isOver else { return }
    record(.suspectsIdentified, of: track, by: .hostState, .probable, inferred: false)
  }

  private mutating func accuse(in proceeding: Proceeding) {
    guard !isOver else { return }
    let suspect = Suspect(
      id: newID(), caseID: life.record.id, alias: "\(ExerciseWorld.mark) suspect \(random.number(1...9999))",
      affiliation: "\(ExerciseWorld.mark): \(random.one(of: ExerciseTexts.groups))", status: .identified,
      author: Self.officers[0], createTime: now)
    write { $0.dossier.suspects.append(suspect) }
    let track = open(proceeding, against: suspect)
    pass(days: 10...400)
    guard random.chance(70), assert(.arrested, of: track, by: .hostState) else { return }
    pass(days: 5...200)
    guard !random.chance(8) else {
      _ = assert(random.one(of: [.escaped, .released, .deceased]), of: track, by: .media)
      return
    }
    guard random.chance(80), assert(.charged, of: track, by: .courtRecord) else { return }
    add(.charge, to: track, dated: false)
    pass(days: 30...600)
    guard random.chance(80), assert(.trial, of: track, by: .courtRecord) else { return }
    add(.hearing, to: track, dated: true)
    pass(days: 10...400)
    judge(track)
  }

  private mutating func judge(_ track: Track) {
    guard !random.chance(8) else {
      _ = assert(.dismissed, of: track, by: .courtRecord)
      return
    }
    let isGuilty = random.chance(78)
    guard random.chance(85), assert(isGuilty ? .guilty : .notGuilty, of: track, by: .courtRecord) else { return }
    pass(days: 1...60)
    if isGuilty {
      guard assert(.sentenced, of: track, by: .courtRecord) else { return }
      add(.sentence, to: track, dated: false)
      add(.appealDeadline, to: track, dated: true)
    }
    pass(days: 30...300)
    _ = assert(.final, of: track, by: .courtRecord)
  }

  // MARK: The end

  /// The case is closed as what is on record allows, rests, or stays open.
  private mutating func end() {
    pass(days: 30...300)
    guard !isOver else { return }
    let outcomes: [ClosureOutcome] = [
      .finalConviction, .finalAcquittal, .mixedFinal, .dismissed, .suspectsDeceased,
    ]
    let shown = life.dossier.closureGrounds(hasDocument: true).shown.union([.reason, .secondPerson])
    let fitting = outcomes.first { (try? life.record.state.check(stepTo: .closed, outcome: $0, shown: shown)) != nil }
    if let fitting, random.chance(80) { return close(fitting, shown) }
    switch random.below(100) {
    case ..<12: close(.closedUnresolved, shown)
    case ..<20: step(to: .dormant)
    default: break
    }
  }

  private mutating func close(_ outcome: ClosureOutcome, _ shown: Set<LifecycleCondition>) {
    guard (try? life.record.state.check(stepTo: .closed, outcome: outcome, shown: shown)) != nil else { return }
    let proposed = Closure(
      id: newID(), caseID: life.record.id, outcome: outcome, reason: random.sentence(),
      document: random.document("MEMO"), proposer: Self.officers[1], createTime: now)
    pass(days: 0...5)
    guard let closure = try? proposed.decided(.confirmed, by: Self.officers[0], at: now) else { return }
    write { $0.dossier.closures.append(closure) }
    step(to: .closed, because: closure)
  }
}
