import Testing

@testable import CasesServer

@Suite("A request for assistance")
struct AssistanceStateTests {
  typealias State = AssistanceState

  /// What may follow what: the whole table.
  static let table: [State: Set<State>] = [
    .proposed: [.requested, .refused, .withdrawn],
    .requested: [.accepted, .declined, .withdrawn],
    .accepted: [.inDelivery, .withdrawn],
    .inDelivery: [.completed, .withdrawn],
    .refused: [], .declined: [], .completed: [], .withdrawn: [],
  ]

  @Test("with everything shown it takes the steps of the table and no others", arguments: State.allCases)
  func steps(_ state: State) {
    let allowed = Self.table[state] ?? []
    for target in State.allCases {
      let refusal = Result { () throws(AssistanceRefusal) in
        try state.check(stepTo: target, shown: Set(AssistanceCondition.allCases))
      }
      #expect(
        refusal == (allowed.contains(target) ? .success(()) : .failure(.notAllowed(after: state, allowed: allowed))))
    }
  }

  static let conditionTable: [(State, State, Set<AssistanceCondition>)] = [
    (.proposed, .requested, [.secondPerson]), (.proposed, .refused, []), (.proposed, .withdrawn, []),
    (.requested, .accepted, [.mandateBasis]), (.requested, .declined, []),
    (.accepted, .inDelivery, [.deliveryOnRecord, .humanRightsCleared]),
    (.inDelivery, .completed, [.resultsOnRecord]), (.inDelivery, .withdrawn, []),
  ]

  @Test("a step says all that it takes, and each of it is needed", arguments: conditionTable)
  func conditions(_ state: State, _ target: State, _ needed: Set<AssistanceCondition>) throws {
    try state.check(stepTo: target, shown: needed)
    for one in needed {
      #expect(throws: AssistanceRefusal.missing([one])) {
        try state.check(stepTo: target, shown: needed.subtracting([one]))
      }
    }
  }

  static let grounds: [([AssistanceGrounds.Delivery], Set<AssistanceCondition>)] = [
    ([], []),
    ([.init(assessment: .pending, isReported: false)], [.deliveryOnRecord]),
    ([.init(assessment: .withheld, isReported: true)], [.deliveryOnRecord, .resultsOnRecord]),
    ([.init(assessment: .notRequired, isReported: false)], [.deliveryOnRecord, .humanRightsCleared]),
    (
      [.init(assessment: .cleared, isReported: true), .init(assessment: .pending, isReported: false)],
      [.deliveryOnRecord]
    ),
    (
      [.init(assessment: .cleared, isReported: true), .init(assessment: .clearedWithMitigation, isReported: true)],
      [.deliveryOnRecord, .humanRightsCleared, .resultsOnRecord]
    ),
  ]

  @Test("every delivery must be cleared, and reported on", arguments: grounds)
  func deliveries(_ deliveries: [AssistanceGrounds.Delivery], _ shown: Set<AssistanceCondition>) {
    let grounds = AssistanceGrounds(isAnotherPerson: false, hasMandateBasis: false, deliveries: deliveries)
    #expect(grounds.shown == shown)
  }
}

extension Result where Success == Void, Failure: Equatable {
  fileprivate static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.success, .success): true
    case (.failure(let left), .failure(let right)): left == right
    default: false
    }
  }
}
