import AIP
import Policy
import Postgres

/// Lives a case of an exercise from its first report on, step by step, until it stops or the last day has come. Whatever is
/// recorded goes through the machines that judge what people record.
struct ExerciseStory {
  private(set) var life: ExerciseLife
  var random: ExerciseRandom
  /// Seconds since 1970: when the next record is made.
  private var clock: Int64
  private var ids: UInt64 = 0

  /// Those who record; they exist nowhere else.
  static let officers = [RecordID(high: 0x8000, low: 2 << 62 | 1), RecordID(high: 0x8000, low: 2 << 62 | 2)]

  init(_ beginning: ExerciseBeginning, _ random: ExerciseRandom) {
    self.random = random
    clock = Int64(beginning.day) * 86_400
    let none = RecordID(high: 0, low: 0)
    let exact = PartialDate(daysSince1970: Int64(beginning.day))
    life = ExerciseLife(
      record: Case(
        id: none, displayNumber: "", mission: beginning.mission.id, incidentDate: exact, act: .killing, state: .draft,
        victimCount: 0, hostStates: [], areHostStatesReviewed: false, dataSet: ExerciseWorld.dataSet,
        sourceClassification: ExerciseWorld.classification, revision: 1, createTime: .negativeInfinity,
        updateTime: .negativeInfinity),
      number: beginning.number,
      dossier: Dossier(
        head: CaseHead(
          id: none, state: .draft, incident: exact, hostStates: [], revision: 1, createTime: .negativeInfinity)))
    begin(beginning, exact)
  }

  private mutating func begin(_ beginning: ExerciseBeginning, _ exact: PartialDate) {
    let date = random.chance(6) ? exact.withoutDay : exact
    let hosts = HostStates(of: beginning.mission, on: date)
    pass(days: 1...20)
    life.record.id = newID()
    life.record.incidentDate = date
    life.record.displayNumber =
      DisplayNumber(series: beginning.series, missionCode: beginning.mission.code, number: beginning.number).description
    life.record.act = random.one(weighing: Self.acts)
    if life.record.act == .abduction, date.isDay {
      let last = min(beginning.day + random.number(1...60), ExerciseWorld.lastDay)
      life.record.incidentEndDate = PartialDate(daysSince1970: Int64(last))
    }
    life.record.hostStates = hosts.codes
    life.record.areHostStatesReviewed = hosts.areReviewed
    life.record.createTime = now
    if life.record.act == .sexualViolence { life.caveats.insert(.sgbv) }
    if random.chance(2) { life.caveats.insert(.minor) }
    if random.chance(3) { life.classification = .strictlyConfidential }
    life.dossier.head = CaseHead(
      id: life.record.id, state: .draft, incident: date, hostStates: hosts.codes, revision: 1, createTime: now)
    addVictims(of: beginning)
  }

  private static let acts: [(element: ActCategory, weight: Int)] = [
    (.killing, 50), (.attemptedKilling, 8), (.seriousInjury, 10), (.assault, 6), (.abduction, 6), (.hostageTaking, 2),
    (.unlawfulDetention, 3), (.sexualViolence, 2), (.attackOnPremises, 6), (.attackOnMovement, 7),
  ]

  // MARK: Time and names

  var now: PostgresTimestamp { PostgresTimestamp(secondsSince1970: clock) }
  var today: PartialDate { PartialDate(dayOf: now) }
  var isOver: Bool { clock >= Int64(ExerciseWorld.lastDay) * 86_400 }

  mutating func pass(days: ClosedRange<Int>) {
    clock += Int64(random.number(days)) * 86_400 + Int64(random.below(40_000))
  }

  /// A version 7 UUID of the present, larger than those before.
  mutating func newID() -> RecordID {
    clock += 1
    ids += 1
    return RecordID(
      high: UInt64(clock) &* 1000 << 16 | 7 << 12 | ids & 0xFFF, low: 0b10 << 62 | random.next() >> 2)
  }

  // MARK: What is written

  mutating func write(_ body: (inout ExerciseLife) -> Void) { body(&life) }

  mutating func step(to state: Case.State, because closure: Closure? = nil) {
    let from = life.dossier.transitions.isEmpty ? nil : life.dossier.head.state
    let transition = CaseTransition(
      id: newID(), caseID: life.record.id, from: from, to: state,
      reason: closure?.reason ?? "\(ExerciseWorld.mark): \(state.name.lowercased())", author: Self.officers[0],
      closure: closure?.id, createTime: now)
    life.dossier.transitions.append(transition)
    life.dossier.head.state = state
    life.dossier.head.revision += from == nil ? 0 : 1
    life.record.state = state
    life.record.revision = life.dossier.head.revision
    life.record.updateTime = now
  }
}
