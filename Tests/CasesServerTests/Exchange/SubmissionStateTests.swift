import Testing

@testable import CasesServer

@Suite("A submission")
struct SubmissionStateTests {
  typealias State = SubmissionState

  static let table: [State: Set<State>] = [
    .received: [.acknowledged, .declined, .withdrawn], .acknowledged: [.accepted, .declined, .withdrawn],
    .accepted: [.withdrawn], .declined: [.withdrawn], .withdrawn: [],
  ]

  static let needed: [State: Set<ExchangeCondition>] = [
    .accepted: [.caseNamed, .resultOnRecord], .declined: [.answer], .withdrawn: [.originator],
  ]

  @Test("takes the steps of the table, each with what it takes, and no others", arguments: State.allCases)
  func steps(_ state: State) throws {
    let allowed = Self.table[state] ?? []
    for target in State.allCases {
      guard allowed.contains(target) else {
        #expect(throws: StepRefusal<State>.notAllowed(after: state, allowed: allowed)) {
          try state.check(stepTo: target, shown: Set(ExchangeCondition.allCases))
        }
        continue
      }
      let needed = Self.needed[target] ?? []
      try state.check(stepTo: target, shown: needed)
      for one in needed {
        #expect(throws: StepRefusal<State>.missing([one])) {
          try state.check(stepTo: target, shown: needed.subtracting([one]))
        }
      }
    }
  }
}
