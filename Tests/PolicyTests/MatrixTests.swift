import Policy
import Testing

/// The matrix of the policy paper (5d) in its own words, and that the engine does in every cell what they say.
@Suite struct MatrixTests {
  /// As printed: columns HQ LEG DSS MFP SFP HST TPC NAT TRD REG SCM AUD ADM.
  static let paper: [(DataClass, String)] = [
    (.core, "W | R | R | W | R | R | R | R | R | G | S | R | –"),
    (.exact, "W | R | R | W | R | G | S | S | G | – | – | R | –"),
    (.victimAttributes, "W | R | R | W | R | R | R own, S others | R own, S others | G | – | S | R | –"),
    (.victimIdentity, "W | R | R | W | R | R after NOK | R own | R own | G | – | – | G | –"),
    (.kinMedical, "W | R | – | W | – | G | R own | R own | G | – | – | – | –"),
    (.suspectIdentity, "W | R | R | W | R | W prop. | S | S | R own forum | – | – | G | –"),
    (.witness, "W | R | – | W | – | G + COI + OLA | – | – | G | – | – | – | –"),
    (.evidenceRegister, "W | R | R | W | R | S, G | O, G | O, G | O, G | – | – | R | –"),
    (.evidenceContent, "W | R | – | W | – | G | O | O | O | – | – | – | –"),
    (.privileged, "W | W | R | R | R | – | – | – | – | – | – | G | –"),
    (.communications, "W | R | R | W | R | R own | S | S | R own | – | S | R | –"),
    (.hostProgress, "W | R | R | W | R | W prop. | R | R | R | G | S | R | –"),
    (.submissions, "R | R | – | R | R | by originator | O | O | G | – | – | R | –"),
    (.assistance, "W | R | – | W | R | R own | R | R | – | R own | S | R | –"),
    (.aggregates, "R | R | R | R | R | R (SDC) | R (SDC) | R (SDC) | – | R (SDC) | R (SDC) | R | –"),
    (.audit, "– | – | – | – | – | own entries + proofs | own | own | own | – | – | R | verify only"),
  ]

  /// What the words of a cell promise.
  struct Promise: Equatable {
    var own: Transform
    var released: Transform
    var others: Transform
    var embargoed: Transform
    var withGrant: Transform
    var withClearedGrant: Transform
    var canWrite = false
    var canPropose = false
    var canContribute = false

    /// The same everywhere, with or without a grant.
    init(_ transform: Transform) {
      own = transform
      released = transform
      others = transform
      embargoed = transform
      withGrant = transform
      withClearedGrant = transform
    }

    /// - Parameters:
    ///   - denied: what the class shows without a right.
    ///   - summary: what `S` shows of it.
    init(_ words: String, denied: Transform, summary: Transform) {
      self.init(denied)
      for word in words == "G + COI + OLA" ? [words] : words.split(separator: ", ").map(String.init) {
        switch word {
        case "–": break
        case "W", "R", "W prop.":
          self = Promise(.clear)
          canWrite = word == "W"
          canPropose = word == "W prop."
        case "R after NOK":
          self = Promise(.clear)
          embargoed = denied
        case "R own", "own", "own entries + proofs", "R own forum", "O":
          own = .clear
          canContribute = word == "O"
        case "S", "S others":
          let own = own
          self = Promise(summary)
          self.own = max(own, summary)
        case "G":
          withGrant = .clear
          withClearedGrant = .clear
        case "G + COI + OLA": withClearedGrant = .clear
        case "by originator":
          own = .clear
          released = .clear
        case "R (SDC)": self = Promise(.discloseSafely)
        case "verify only": self = Promise(.mask)
        default: Issue.record("the table says \(word)")
        }
      }
    }
  }

  @Test func everyCellIsWhatThePaperSays() throws {
    let policy = try Policy.standard()
    // Embargoes have rules of their own: here they leave everything but what a cell itself holds back.
    var bare = policy
    for index in bare.embargoes.indices { bare.embargoes[index].caps = [] }
    let evaluator = PolicyEvaluator(bare)
    var table = ["verified" + ReaderClass.allCases.map { "\t\($0)" }.joined()]
    for (dataClass, line) in Self.paper {
      let cells = line.split(separator: " | ").map(String.init)
      try #require(cells.count == ReaderClass.allCases.count)
      for (reader, words) in zip(ReaderClass.allCases, cells) {
        let rule = policy.classes[Int(dataClass.rawValue)]
        let promise = Promise(words, denied: .drop, summary: rule.summary)
        let found = try self.found(evaluator, dataClass, reader)
        #expect(found == promise, "\(dataClass) \(reader): \(words)")
      }
      table.append("\(dataClass)\t" + cells.joined(separator: "\t"))
    }
    #expect(Self.paper.map(\.0) == DataClass.allCases)
    print(table.map { $0.split(separator: "\t").map(Self.padded).joined(separator: "│") }.joined(separator: "\n"))
  }

  private static func padded(_ cell: Substring) -> String {
    cell + String(repeating: " ", count: max(0, 20 - cell.count))
  }

  /// What the engine does in one cell, looked at by itself: nothing but the hats that the reader needs, and the class as
  /// the gate.
  private func found(
    _ evaluator: PolicyEvaluator, _ dataClass: DataClass, _ reader: ReaderClass
  ) throws -> Promise {
    let context = try Scenario.reader(reader)
    let facts = try Scenario.related()
    let purpose = try #require(context.purpose)
    func decide(_ context: AccessContext) -> Decision {
      evaluator.decide(AccessRequest(context, gate: dataClass, resource: facts))
    }
    // "Nothing" and "a redaction" are both a no here; which of them is a rule of the class.
    func shown(_ decision: Decision, _ record: RecordFacts) -> Transform {
      max(decision.disposition(dataClass, in: record).transform, .drop)
    }
    let plain = decide(context)
    let others = try Scenario.record(owner: "NGA")
    var promise = Promise(.drop)
    promise.own = shown(plain, try Scenario.record(owner: "KEN"))
    promise.released = shown(plain, try Scenario.record(owner: "NGA", releasedTo: "KEN"))
    promise.others = shown(plain, others)
    promise.embargoed = shown(plain, try Scenario.record(owner: "NGA", embargoed: true))
    let grant = try Scenario.grant([dataClass], purpose: purpose)
    promise.withGrant = shown(decide(context.with(grant)), others)
    let cleared = try Scenario.grant([dataClass], purpose: purpose, cleared: true)
    promise.withClearedGrant = shown(decide(context.with(cleared)), others)
    promise.canWrite = plain.writable.contains(dataClass)
    promise.canPropose = plain.proposable.contains(dataClass)
    promise.canContribute = plain.contributable.contains(dataClass)
    return promise
  }
}
