import AIP
import Testing

@testable import CasesServer

@Suite("The handling of a case")
struct CaseLifecycleTests {
  typealias State = Case.State

  /// What may follow what: the whole table.
  static let table: [State: Set<State>] = [
    .draft: [.triage],
    .triage: [.open, .merged, .outOfScope, .enteredInError],
    .open: [.dormant, .closed, .merged, .outOfScope, .enteredInError],
    .dormant: [.open, .closed],
    .closed: [.open],
    .merged: [.triage, .open], .outOfScope: [], .enteredInError: [],
  ]

  @Test("with everything shown, a case takes the steps of the table and no others", arguments: State.allCases)
  func steps(_ state: State) {
    for target in State.allCases {
      let refusal = Result { () throws(LifecycleRefusal) in
        try state.check(
          stepTo: target, outcome: .closedUnresolved, shown: Set(LifecycleCondition.allCases))
      }
      let allowed = Self.table[state] ?? []
      #expect(throws: Never.self) { if allowed.contains(target) { try refusal.get() } }
      if !allowed.contains(target) {
        #expect(throws: LifecycleRefusal.notAllowed(after: state, allowed: allowed)) { try refusal.get() }
      }
    }
  }

  /// What each step takes that takes anything.
  static let conditionTable: [(State, State, ClosureOutcome?, Set<LifecycleCondition>)] = [
    (.draft, .triage, nil, []), (.triage, .open, nil, []), (.open, .dormant, nil, []), (.dormant, .open, nil, []),
    (.closed, .open, nil, [.reason]),
    (.open, .outOfScope, nil, [.reason]), (.triage, .enteredInError, nil, [.reason]),
    (.open, .merged, nil, [.reason, .survivingCase]),
    (.merged, .open, nil, [.reason, .separation]), (.merged, .triage, nil, [.reason, .separation]),
    (.open, .closed, nil, [.outcome, .secondPerson, .nothingProposed]),
    (
      .open, .closed, .finalConviction,
      [.secondPerson, .nothingProposed, .nothingDisputed, .tracksSettled, .finalConviction, .noFinalAcquittal]
    ),
    (
      .dormant, .closed, .finalAcquittal,
      [.secondPerson, .nothingProposed, .nothingDisputed, .tracksSettled, .finalAcquittal, .noFinalConviction]
    ),
    (
      .open, .closed, .mixedFinal,
      [.secondPerson, .nothingProposed, .nothingDisputed, .tracksSettled, .finalConviction, .finalAcquittal]
    ),
    (.open, .closed, .prescribed, [.secondPerson, .nothingProposed, .nothingDisputed, .sourceDocument]),
    (.open, .closed, .duplicate, [.secondPerson, .nothingProposed, .sourceDocument]),
    (.open, .closed, .closedUnresolved, [.secondPerson, .nothingProposed, .nothingDisputed]),
  ]

  @Test("without anything shown, a step says all that it takes; with all of it, it is taken", arguments: conditionTable)
  func conditions(
    _ state: State, _ target: State, _ outcome: ClosureOutcome?, _ needed: Set<LifecycleCondition>
  ) throws {
    if !needed.isEmpty {
      #expect(throws: LifecycleRefusal.missing(needed)) {
        try state.check(stepTo: target, outcome: outcome, shown: [])
      }
    }
    try state.check(stepTo: target, outcome: outcome, shown: needed)
    for one in needed {
      #expect(throws: LifecycleRefusal.missing([one])) {
        try state.check(stepTo: target, outcome: outcome, shown: needed.subtracting([one]))
      }
    }
  }

  @Test("every closure takes two persons", arguments: ClosureOutcome.allCases)
  func twoPersons(_ outcome: ClosureOutcome) {
    #expect(State.open.conditions(for: .closed, outcome: outcome).contains(.secondPerson))
  }

  @Test("closing a file resolves nothing; what was no case is not counted")
  func resolutions() {
    let unresolved = ClosureOutcome.allCases.filter { $0.resolution == .unresolved }
    let notCounted = ClosureOutcome.allCases.filter { $0.resolution == .notCounted }
    #expect(unresolved == [.closedUnresolved])
    #expect(notCounted == [.notCriminal, .duplicate, .enteredInError])
  }

  @Test("every condition says what would satisfy it", arguments: LifecycleCondition.allCases)
  func remedies(_ condition: LifecycleCondition) {
    #expect(condition.remedy.hasSuffix("."))
  }

  @Test("what becomes of a case is recorded while it is handled")
  func handled() {
    #expect(State.allCases.filter(\.isHandled) == [.triage, .open, .dormant])
  }
}
