import AIP
import Policy
import Postgres
import Testing

@testable import CasesServer

@Suite("What exercises are made of")
struct ExerciseGeneratorTests {
  private static let lives: [ExerciseLife] = {
    var generator = ExerciseGenerator(seed: 7)
    return (0..<600).map { _ in generator.next() }
  }()

  @Test("the same seed makes the same cases, another makes others")
  func seeds() {
    func text(_ seed: UInt64) -> String {
      var generator = ExerciseGenerator(seed: seed)
      return (0..<200).map { _ in "\(generator.next())" }.joined(separator: "\n")
    }
    #expect(text(7) == text(7))
    #expect(text(7) != text(8))
  }

  @Test("ids and display numbers are never the same twice")
  func identity() {
    let ids = Self.lives.flatMap { $0.allIDs }
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.version == 7 && $0.isStandardVariant })
    #expect(Set(Self.lives.map(\.record.displayNumber)).count == Self.lives.count)
  }

  @Test("States have codes that ISO 3166-1 leaves to users, and none is a real one")
  func states() {
    let codes = ExerciseWorld.states.map(\.code)
    #expect(Set(codes).count == 72)
    for code in codes { #expect(code >= "QMA" && code <= "QZZ" && code.utf8.count == 3, "\(code)") }
    for code in Self.lives.flatMap(\.record.hostStates) { #expect(codes.contains(code)) }
    for victim in Self.lives.flatMap(\.victims) { #expect(codes.contains(victim.record.nationality.code)) }
  }

  @Test("every record says that it is exercise data")
  func marks() {
    for life in Self.lives {
      #expect(life.record.dataSet == ExerciseWorld.dataSet && life.record.displayNumber.hasPrefix("EXERCISE-"))
      #expect(life.victims.allSatisfy { $0.record.casualtyID.hasPrefix("EXERCISE-") })
      let dossier = life.dossier
      var texts = dossier.communications.flatMap { [$0.symbol, $0.subject] }
      texts +=
        dossier.proceedings.flatMap { [$0.authority, $0.docket] } + dossier.facts.flatMap { [$0.detail, $0.document] }
      texts +=
        dossier.suspects.flatMap { [$0.alias, $0.affiliation] } + dossier.closures.flatMap { [$0.reason, $0.document] }
      texts += dossier.testimonies.filter { !$0.isInferred }.flatMap { [$0.note, $0.document] }
      texts += dossier.transitions.map(\.reason)
      for text in texts { #expect(text.hasPrefix("EXERCISE"), "\(text)") }
    }
  }

  @Test("missions exist on the day of the incident, with the hosts of that day")
  func missions() throws {
    let missions = Dictionary(uniqueKeysWithValues: ExerciseWorld.missions.map { ($0.id, $0) })
    for life in Self.lives {
      let mission = try #require(missions[life.record.mission])
      let date = life.record.incidentDate
      #expect(try #require(mission.startDate).rawValue <= date.span.upperBound)
      if let end = mission.endDate { #expect(date.rawValue <= end.span.upperBound) }
      let hosts = HostStates(of: mission, on: date)
      #expect(life.record.hostStates == hosts.codes && !hosts.codes.isEmpty)
      #expect(life.record.areHostStatesReviewed == hosts.areReviewed)
    }
  }

  @Test("nothing is recorded before the incident, nor after the last day")
  func times() throws {
    let limit = PostgresTimestamp(secondsSince1970: Int64(ExerciseWorld.lastDay + 700) * 86_400)
    for life in Self.lives {
      let begin = PostgresTimestamp(secondsSince1970: Int64(life.record.incidentDate.daysSince1970) * 86_400)
      for time in life.times { #expect(begin < time && time < limit, "\(life.record.displayNumber)") }
      #expect(life.times == life.times.sorted())
      for testimony in life.dossier.testimonies {
        if let effective = testimony.effective {
          #expect(effective.span.upperBound >= life.record.incidentDate.rawValue)
        }
        #expect(!testimony.isInferred || testimony.effective == nil)
      }
    }
  }

  /// Each assertion and each step, judged again from what was on record before it.
  @Test("the machines of stages and of handling take every step")
  func machines() throws {
    for life in Self.lives {
      for track in life.dossier.tracks { try Self.replay(track, of: life) }
      var state: Case.State?
      for step in life.dossier.transitions {
        #expect(step.from == state)
        if let state, step.to != .closed { try state.check(stepTo: step.to, shown: [.reason]) }
        state = step.to
      }
      #expect(state == life.record.state && life.dossier.transitions.first?.to == .draft)
      for closure in life.dossier.closures {
        let shown = life.dossier.closureGrounds(hasDocument: true).shown.union([.secondPerson])
        try Case.State.open.check(stepTo: .closed, outcome: closure.outcome, shown: shown)
        #expect(closure.proposer != closure.decider)
      }
    }
  }

  private static func replay(_ track: Track, of life: ExerciseLife) throws {
    var history = StageHistory<AccountabilityStage>(incident: life.record.incidentDate)
    for testimony in life.dossier.testimonies where testimony.track == track.id && !testimony.isInferred {
      let before = life.dossier.before(testimony)
      let grounds = before.stageGrounds(of: track, hasConflictHold: false, hasDocument: true)
      let assertion: StageAssertion<AccountabilityStage> = try #require(testimony.assertion())
      try history.add(assertion, shown: grounds.shown) { RecordID(high: 0, low: 0) }
    }
    let recorded = life.dossier.history(of: track, AccountabilityStage.self)
    #expect(history.assertions.map(\.stage) == recorded.assertions.map(\.stage))
    #expect(history.assertions.map(\.isInferred) == recorded.assertions.map(\.isInferred))
  }

  @Test("everything that can become of a case becomes of some")
  func variety() {
    let states = Set(Self.lives.map(\.record.state))
    #expect(states == [.draft, .triage, .open, .dormant, .closed, .outOfScope])
    let stages = Set(Self.lives.flatMap(\.dossier.testimonies).map(\.stage))
    #expect(stages.count >= 12)
    let outcomes = Set(Self.lives.flatMap(\.dossier.closures).map(\.outcome))
    #expect(outcomes.isSuperset(of: [.finalConviction, .closedUnresolved]))
    #expect(Self.lives.contains { $0.victims.count >= 10 })
  }

  @Test("days and dates are each other's inverse")
  func days() {
    for day in stride(from: -719_162, through: 2_932_896, by: 997) {
      #expect(PartialDate(daysSince1970: Int64(day)).daysSince1970 == day)
    }
    #expect(PartialDate(daysSince1970: Int64(ExerciseWorld.lastDay)).description == "2025-12-31")
  }
}

extension ExerciseLife {
  fileprivate var allIDs: [RecordID] {
    let own = dossier.communications.map(\.id) + dossier.proceedings.map(\.id) + dossier.facts.map(\.id)
    let told = dossier.suspects.map(\.id) + dossier.tracks.map(\.id) + dossier.testimonies.map(\.id)
    return [record.id] + victims.map(\.record.id) + own + told + dossier.closures.map(\.id)
      + dossier.transitions.map(\.id)
  }

  /// When each record was made, in the order of their ids.
  fileprivate var times: [PostgresTimestamp] {
    var times = [(record.id, record.createTime)]
    times += dossier.communications.map { ($0.id, $0.createTime) } + dossier.proceedings.map { ($0.id, $0.createTime) }
    times += dossier.facts.map { ($0.id, $0.createTime) } + dossier.suspects.map { ($0.id, $0.createTime) }
    times += dossier.tracks.map { ($0.id, $0.createTime) } + dossier.testimonies.map { ($0.id, $0.createTime) }
    times += dossier.closures.map { ($0.id, $0.createTime) } + dossier.transitions.map { ($0.id, $0.createTime) }
    return times.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

extension Dossier {
  /// What was on record when the assertion was made.
  fileprivate func before(_ testimony: Testimony) -> Dossier {
    var earlier = self
    earlier.communications.removeAll { $0.id > testimony.id }
    earlier.proceedings.removeAll { $0.id > testimony.id }
    earlier.facts.removeAll { $0.id > testimony.id }
    earlier.suspects.removeAll { $0.id > testimony.id }
    earlier.testimonies.removeAll { $0.id >= testimony.id }
    return earlier
  }
}
