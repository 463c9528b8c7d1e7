import Policy
import Testing

/// Clearance, and the two persons that a downgrade needs (5e).
@Suite struct ClassificationTests {
  @Test(arguments: Classification.allCases, Classification.allCases)
  func nothingAboveTheClearanceIsShown(_ clearance: Classification, _ classification: Classification) throws {
    let policy = try Policy.standard()
    let context = try Scenario.reader(.headquarters, clearance: clearance)
    let facts = try Scenario.facts(classification: classification)
    let decision = PolicyEvaluator(policy).decide(AccessRequest(context, resource: facts))
    #expect(decision.isVisible == (classification <= clearance))
    for rule in policy.classes where decision.isVisible && rule.dataClass != .audit {
      let isCleared = max(rule.classification, classification) <= clearance
      let found = decision.disposition(rule.dataClass)
      #expect(found == (isCleared ? Disposition(.clear, .none) : Disposition(rule.denied, .clearance)))
      #expect(
        decision.writable.contains(rule.dataClass)
          == (isCleared && ![.submissions, .aggregates].contains(rule.dataClass)))
    }
  }

  @Test func aRecordAboveItsCaseIsHeldBackByItself() throws {
    let context = try Scenario.reader(.headquarters, clearance: .confidential)
    let decision = try Scenario.evaluator().decide(AccessRequest(context, resource: try Scenario.facts()))
    var record = try Scenario.record(owner: "NGA")
    #expect(decision.disposition(.communications, in: record).transform == .clear)
    record.classification = .strictlyConfidential
    #expect(decision.disposition(.communications, in: record) == Disposition(.drop, .clearance))
    #expect(decision.disposition(.privileged, in: record) == Disposition(.absent, .clearance))
    #expect(!decision.counts(record))
  }

  @Test func anAnswerIsAsHighAsWhatItShows() throws {
    let evaluator = try Scenario.evaluator()
    func answer(_ reader: ReaderClass, _ classification: Classification) throws -> Classification {
      let facts = try Scenario.facts([(.host, "KEN")], classification: classification)
      return evaluator.classification(
        of: evaluator.decide(AccessRequest(try Scenario.reader(reader), resource: facts)), for: facts)
    }
    #expect(try answer(.headquarters, .unclassified) == .strictlyConfidential)  // it shows witnesses
    #expect(try answer(.hostState, .unclassified) == .confidential)
    #expect(try answer(.hostState, .strictlyConfidential) == .strictlyConfidential)
  }

  struct Change: CustomTestStringConvertible {
    var testDescription: String
    var from: Classification = .strictlyConfidential
    var to: Classification = .confidential
    var requester: ReaderClass = .headquarters
    var approver: ReaderClass? = .legal
    var isSamePerson = false
    var approverClearance: Classification = .strictlyConfidential
    var hasReason = true
    var refusal: ClassificationChange.Refusal?
  }

  static let changes: [Change] = [
    Change(testDescription: "two persons and a reason"),
    Change(testDescription: "no reason", hasReason: false, refusal: .noReason),
    Change(testDescription: "one person", approver: nil, refusal: .secondPersonMissing),
    Change(testDescription: "twice the same person", isSamePerson: true, refusal: .secondPersonMissing),
    Change(testDescription: "a mission alone may not", requester: .missionFocalPoint, refusal: .notEntitled),
    Change(testDescription: "nor second", approver: .missionFocalPoint, refusal: .secondPersonNotEntitled),
    Change(testDescription: "a State may not", requester: .hostState, refusal: .notEntitled),
    Change(testDescription: "second not cleared", approverClearance: .confidential, refusal: .secondPersonNotEntitled),
    Change(testDescription: "raising needs one", from: .confidential, to: .strictlyConfidential, approver: nil),
    Change(
      testDescription: "raising by a mission", from: .confidential, to: .strictlyConfidential,
      requester: .missionFocalPoint, approver: nil),
    Change(
      testDescription: "raising by a State", from: .confidential, to: .strictlyConfidential, requester: .hostState,
      approver: nil, refusal: .notEntitled),
  ]

  @Test(arguments: changes) func loweringNeedsTwo(_ change: Change) throws {
    let facts = try Scenario.facts([(.mission, "KEN"), (.host, "KEN")], classification: change.from)
    let requester = try Scenario.reader(change.requester, principal: Scenario.id(1))
    let approver = try change.approver.map {
      try Scenario.reader($0, principal: Scenario.id(change.isSamePerson ? 1 : 2), clearance: change.approverClearance)
    }
    let asked = ClassificationChange(
      from: change.from, to: change.to, hasReason: change.hasReason, requester: requester, approver: approver)
    #expect(try Scenario.evaluator().refusal(of: asked, on: facts) == change.refusal)
  }

  @Test func strictlyConfidentialNeverOpensByTimeAlone() throws {
    let evaluator = try Scenario.evaluator()
    #expect(Classification.allCases.map { evaluator.yearsUntilOpen($0) } == [0, 20, nil])
  }
}
