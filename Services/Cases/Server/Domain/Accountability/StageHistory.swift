import AIP

/// All that was ever asserted of one track. It only grows: what was known on any earlier day can be told.
struct StageHistory<StageName: Stage>: Hashable, Sendable {
  typealias Assertion = StageAssertion<StageName>
  typealias Refusal = StageRefusal<StageName>

  /// When the incident happened: nothing is reached before it.
  let incident: PartialDate
  /// In the order in which the register learnt of them.
  private(set) var assertions: [Assertion]

  init(incident: PartialDate, assertions: [Assertion] = []) {
    self.incident = incident
    self.assertions = assertions
  }

  /// What the register knew at the end of that day.
  func known(on day: PartialDate) -> StageHistory {
    StageHistory(incident: incident, assertions: assertions.filter { $0.known <= day })
  }

  /// What is not corrected, each correction in the place of what it corrects.
  var standing: [Assertion] {
    var standing: [Assertion] = []
    for assertion in assertions {
      if let index = standing.firstIndex(where: { $0.id == assertion.supersedes }) {
        standing[index] = assertion
      } else {
        standing.append(assertion)
      }
    }
    return standing
  }

  /// The part of ``standing`` that the verified status follows.
  var confirmed: [Assertion] { standing.filter { $0.certainty == .confirmed } }

  /// The part of ``confirmed`` that durations may be measured with.
  var measurable: [Assertion] { confirmed.filter { !$0.isInferred && $0.effective != nil } }

  // MARK: Growing

  /// Takes an assertion in, with the stages that it implies before it.
  ///
  /// - Parameters:
  ///   - shown: what there is to show for the step.
  ///   - makeID: names an inferred assertion.
  /// - Returns: what was added, in order.
  /// - Throws: ``StageRefusal``; the history is then as it was.
  @discardableResult
  mutating func add(
    _ assertion: Assertion, shown: Set<StageCondition> = [], makeID: () -> RecordID
  ) throws(Refusal) -> [Assertion] {
    try checkDates(of: assertion)
    let inferred: [StageName]
    if let corrected = assertion.supersedes {
      inferred = []
      try checkCorrection(of: corrected, by: assertion, shown)
    } else if assertion.certainty == .confirmed {
      inferred = try stagesPassed(by: assertion, shown)
    } else {
      inferred = []
    }
    let added = inferred.map { Self.inferred($0, from: assertion, id: makeID()) } + [assertion]
    assertions += added
    return added
  }

  private static func inferred(_ stage: StageName, from assertion: Assertion, id: RecordID) -> Assertion {
    Assertion(
      id: id, stage: stage, effective: nil, known: assertion.known, source: assertion.source, certainty: .confirmed,
      isInferred: true)
  }

  private func checkDates(of assertion: Assertion) throws(Refusal) {
    guard !assertion.isInferred else { throw .inferred }
    if let last = assertions.last?.known, assertion.known < last { throw .outOfOrder(last) }
    guard let effective = assertion.effective else { return }
    if effective.span.upperBound < incident.rawValue { throw .beforeIncident(incident) }
    if effective.rawValue > assertion.known.rawValue { throw .afterKnown(assertion.known) }
  }

  /// - Returns: the stages to infer.
  private func stagesPassed(
    by assertion: Assertion, _ shown: Set<StageCondition>
  ) throws(Refusal) -> [StageName] {
    let status = status
    guard !status.isDisputed else { throw .disputed(status.rivals) }
    // Another source that says the same.
    if assertion.stage == status.verified { return [] }
    guard let way = status.verified.way(to: assertion.stage) else {
      if contradicts(assertion) { return [] }
      throw .notAllowed(after: status.verified, allowed: status.verified.next)
    }
    let needed = way.isEmpty ? status.verified.conditions(for: assertion.stage) : [.sourceDocument]
    guard needed.isSubset(of: shown) else { throw .missing(needed.subtracting(shown)) }
    return stagesToInfer(way, before: assertion.stage)
  }

  private func stagesToInfer(_ way: [StageName], before stage: StageName) -> [StageName] {
    let passed = Set(way).intersection(StageName.inferable)
    let implied = (way + [stage]).reduce(into: passed) { $0.formUnion($1.implied) }
    return implied.subtracting(confirmed.map(\.stage)).sorted { ($0.progress ?? 0) < ($1.progress ?? 0) }
  }

  /// Whether another source confirms what could have followed instead of the last confirmed stage.
  private func contradicts(_ assertion: Assertion) -> Bool {
    guard let last = confirmed.last, last.source != assertion.source else { return false }
    let before = confirmed.last { $0.stage != last.stage }?.stage ?? .first
    return before.way(to: assertion.stage) != nil
  }

  private func checkCorrection(
    of corrected: RecordID, by assertion: Assertion, _ shown: Set<StageCondition>
  ) throws(Refusal) {
    guard let former = standing.first(where: { $0.id == corrected }) else { throw .nothingToSupersede(corrected) }
    // A claim beside it is welcome; in its place it would change the verified status.
    if former.certainty == .confirmed, assertion.certainty != .confirmed { throw .claimAgainstConfirmed }
    guard shown.contains(.sourceDocument) else { throw .missing([.sourceDocument]) }
    var after = self
    after.assertions.append(assertion)
    // A dispute may stay as it is; a correction does not make one.
    if status.isDisputed, after.status.rivals == status.rivals { return }
    let stages = after.confirmed.map(\.stage)
    for (stage, next) in zip([.first] + stages, stages) where stage != next && stage.way(to: next) == nil {
      throw .breaksWay(to: next)
    }
  }
}
