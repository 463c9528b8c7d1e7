extension CaseTest {
  /// Whether the condition holds in memory, as it does in the database.
  func holds(for resource: CaseFacts, record: RecordFacts?) -> Bool {
    switch self {
    case .wears(let kinds, let party, let moments, let today):
      kinds.contains {
        PolicyEvaluator.wears($0, party, moments, resource.hats, resource.incident, today)
      }
    case .hasCaveat(let caveat): resource.caveats.contains(caveat)
    case .isClassifiedAtMost(let classification): resource.classification <= classification
    case .isUnderEmbargo(let kind, let time):
      resource.embargoes.contains { $0.kind == kind && $0.period.contains(time) }
    case .isOneOf(let ids): ids.contains(resource.id)
    case .record(let test): record.map(test.holds) ?? false
    }
  }
}

extension RecordTest {
  func holds(for record: RecordFacts) -> Bool {
    switch self {
    case .isOwned(let party): record.owners.contains(party)
    case .isReleased(let party): record.releasedTo.contains(party)
    case .isUnderEmbargo: record.isEmbargoed
    case .isClassifiedAtMost(let classification): record.classification <= classification
    }
  }
}
