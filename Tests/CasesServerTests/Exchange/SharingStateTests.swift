import AIP
import Postgres
import Testing

@testable import CasesServer

@Suite("A State's request for data of a case")
struct SharingStateTests {
  typealias State = SharingState

  /// What may follow what: the whole table.
  static let table: [State: Set<State>] = [
    .received: [.legalReview, .refused, .withdrawn],
    .legalReview: [.waiverPending, .safeguards, .refused, .withdrawn],
    .waiverPending: [.safeguards, .refused, .withdrawn],
    .safeguards: [.approved, .refused, .withdrawn],
    .approved: [.packaged, .withdrawn, .expired],
    .packaged: [.delivered, .withdrawn, .expired],
    .delivered: [.receiptConfirmed],
    .refused: [], .receiptConfirmed: [], .withdrawn: [], .expired: [],
  ]

  @Test("with everything shown it takes the steps of the table and no others", arguments: State.allCases)
  func steps(_ state: State) {
    let allowed = Self.table[state] ?? []
    for target in State.allCases {
      var refusal: StepRefusal<State>?
      do {
        try state.check(stepTo: target, shown: Set(ExchangeCondition.allCases))
      } catch {
        refusal = error
      }
      #expect(refusal == (allowed.contains(target) ? nil : .notAllowed(after: state, allowed: allowed)))
    }
  }

  static let conditionTable: [(State, State, Set<ExchangeCondition>)] = [
    (.received, .legalReview, []), (.received, .refused, [.answer]), (.received, .withdrawn, [.originator]),
    (.legalReview, .waiverPending, [.legalOfficer, .waiverNeeded]),
    (.legalReview, .safeguards, [.legalOfficer, .immunitySettled]),
    (.waiverPending, .safeguards, [.legalOfficer, .immunitySettled]),
    (
      .safeguards, .approved, [.immunitySettled, .riskAssessed, .deathPenaltyExcluded, .secondPerson, .expiry]
    ),
    (.safeguards, .refused, [.answer]),
    (.approved, .packaged, [.immunitySettled, .riskAssessed, .deathPenaltyExcluded, .packageMade]),
    (.approved, .expired, [.timeRunOut]), (.packaged, .delivered, [.documentFetched]),
    (.delivered, .receiptConfirmed, [.originator]),
  ]

  @Test("a step says all that it takes, and each of it is needed", arguments: conditionTable)
  func conditions(_ state: State, _ target: State, _ needed: Set<ExchangeCondition>) throws {
    try state.check(stepTo: target, shown: needed)
    for one in needed {
      #expect(throws: StepRefusal<State>.missing([one])) {
        try state.check(stepTo: target, shown: needed.subtracting([one]))
      }
    }
  }

  private static let (asker, lawyer, officer) = (
    RecordID(high: 1, low: 1), RecordID(high: 1, low: 2), RecordID(high: 1, low: 3)
  )

  static let groundsTable: [([(SafeguardKind, SafeguardOutcome)], Set<ExchangeCondition>)] = [
    ([], []),
    ([(.immunityWaiver, .pending)], [.waiverNeeded]),
    ([(.immunityWaiver, .notNeeded)], [.immunitySettled]),
    ([(.immunityWaiver, .pending), (.immunityWaiver, .satisfied)], [.immunitySettled]),
    // The last one stands.
    ([(.immunityWaiver, .satisfied), (.immunityWaiver, .pending)], [.waiverNeeded]),
    ([(.riskAssessment, .satisfied), (.deathPenaltyAssurance, .pending)], [.riskAssessed]),
    ([(.riskAssessment, .pending), (.deathPenaltyAssurance, .notNeeded)], [.deathPenaltyExcluded]),
  ]

  @Test("what is recorded last of a safeguard stands", arguments: groundsTable)
  func safeguards(_ recorded: [(SafeguardKind, SafeguardOutcome)], _ shown: Set<ExchangeCondition>) {
    var grounds = SharingGrounds(person: Self.asker, asker: Self.asker)
    grounds.safeguards = recorded.map { Safeguard(kind: $0.0, outcome: $0.1, recorder: Self.lawyer) }
    #expect(grounds.shown == shown)
  }

  @Test("neither who asked nor who said how it stands with immunity approves")
  func secondPerson() {
    let review = Safeguard(kind: .immunityWaiver, outcome: .notNeeded, recorder: Self.lawyer)
    let assessment = Safeguard(kind: .riskAssessment, outcome: .satisfied, recorder: Self.officer)
    for (person, isSecond) in [(Self.asker, false), (Self.lawyer, false), (Self.officer, true)] {
      let grounds = SharingGrounds(person: person, asker: Self.asker, safeguards: [review, assessment])
      #expect(grounds.shown.contains(.secondPerson) == isSecond)
    }
  }

  @Test("what was approved and not fetched expires by itself; the rest does not", arguments: State.allCases)
  func expiry(_ state: State) {
    let (now, later) = (PostgresTimestamp(secondsSince1970: 100), PostgresTimestamp(secondsSince1970: 101))
    let expires = state == .approved || state == .packaged
    #expect(state.known(at: now, until: now) == (expires ? .expired : state))
    #expect(state.known(at: now, until: later) == state && state.known(at: now, until: nil) == state)
  }

  @Test("every condition tells what would satisfy it")
  func remedies() {
    #expect(Set(ExchangeCondition.allCases.map(\.remedy)).count == ExchangeCondition.allCases.count)
  }
}
