import Policy
import Testing

/// The condition on rows and the engine are one policy: tried in memory on generated policies, subjects and cases.
@Suite struct AgreementTests {
  @Test(arguments: 0..<40) func thePredicateIsTheEngine(_ seed: UInt64) throws {
    var generator = Generator(seed: 1000 &+ seed)
    let evaluator = PolicyEvaluator(try seed < 8 ? Policy.standard() : generator.policy())
    var shown = 0
    for _ in 0..<12 {
      let context = generator.context()
      let gate = generator.chance(4) ? generator.one(of: DataClass.allCases) : .core
      let question = generator.chance(3) ? DataClass.core : generator.one(of: DataClass.allCases)
      let transform = generator.one(of: Array(Transform.allCases.dropFirst()))
      let cases = evaluator.predicate(context, question, atLeast: transform, gate: gate)
      let records = evaluator.recordPredicate(context, question, atLeast: transform, gate: gate)
      let counted = evaluator.countPredicate(context, as: question, gate: gate)
      for _ in 0..<25 {
        let (facts, record) = (generator.caseFacts(), generator.record())
        let decision = evaluator.decide(AccessRequest(context, gate: gate, resource: facts))
        let says = decision.disposition(question).transform >= transform
        #expect(cases.holds(for: facts) == says, "\(context) \(facts)")
        #expect(
          records.holds(for: facts, record: record)
            == (decision.disposition(question, in: record).transform >= transform), "\(context) \(facts) \(record)")
        #expect(
          counted.holds(for: facts, record: record) == decision.counts(record, as: question),
          "\(context) \(facts) \(record)")
        shown += says ? 1 : 0
      }
    }
    // Both answers occur, or the test would say nothing.
    #expect(shown > 0 && shown < 300)
  }

  @Test func aListIsWhatCanBeSeen() throws {
    var generator = Generator(seed: 5)
    let evaluator = try Scenario.evaluator()
    for _ in 0..<200 {
      let (context, facts) = (generator.context(), generator.caseFacts())
      let isVisible = evaluator.decide(AccessRequest(context, resource: facts)).isVisible
      #expect(evaluator.predicate(context).holds(for: facts) == isVisible)
    }
  }

  @Test func whoeverHasNoRoleListsNothingWithoutAskingTheDatabase() throws {
    let evaluator = try Scenario.evaluator()
    var context = try Scenario.reader(.hostState)
    context.subject.roles = []
    #expect(evaluator.predicate(context).sql().text == "FALSE")
    #expect(evaluator.predicate(try Scenario.reader(.headquarters)).sql().text == "TRUE")
  }
}
