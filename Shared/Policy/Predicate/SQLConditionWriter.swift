/// Writes tests as SQL expressions and collects their values.
struct SQLConditionWriter {
  let names: SQLNames
  let first: Int
  private(set) var parameters: [SQLParameter] = []

  init(names: SQLNames, first: Int) {
    self.names = names
    self.first = first
  }

  mutating func expression(_ test: CaseTest) -> String {
    let row = names.cases
    switch test {
    case .wears(let kinds, let party, let moments, let today): return wears(kinds, party, moments, today)
    case .hasCaveat(let caveat): return "\(row).caveats & \(1 << UInt32(caveat.rawValue)) <> 0"
    case .isClassifiedAtMost(let classification):
      return "\(row).classification <= \(add(.smallint(Int16(classification.rawValue))))"
    case .isUnderEmbargo(let kind, let time):
      let now = add(.timestamp(time))
      return """
        EXISTS (SELECT FROM \(names.embargoes) pe WHERE pe.case_id = \(row).id \
        AND pe.kind = \(add(.smallint(Int16(kind.rawValue)))) AND pe.starts_at <= \(now) AND \(now) < pe.ends_at)
        """
    case .isOneOf(let ids): return "\(row).id = ANY(\(add(.uuids(ids))))"
    case .record(let test): return expression(test)
    }
  }

  private mutating func expression(_ test: RecordTest) -> String {
    let row = names.records
    switch test {
    case .isOwned(let party): return "\(add(.text(party.description))) = ANY(\(row).owners)"
    case .isReleased(let party): return "\(add(.text(party.description))) = ANY(\(row).released_to)"
    case .isUnderEmbargo: return "\(row).is_embargoed"
    case .isClassifiedAtMost(let classification):
      return "\(row).classification <= \(add(.smallint(Int16(classification.rawValue))))"
    }
  }

  private mutating func wears(
    _ kinds: HatSet, _ party: PartyID, _ moments: CodeSet<HatMoment>, _ today: Day
  ) -> String {
    let row = names.cases
    let party = add(.text(party.description))
    let hats = add(.smallints(kinds.map { Int16($0.rawValue) }))
    var text = "EXISTS (SELECT FROM \(names.relations) pr WHERE pr.case_id = \(row).id AND pr.party = \(party)"
    text += " AND pr.hat = ANY(\(hats))"
    var times: [String] = []
    if moments.contains(.incident) {
      times.append(
        "greatest(pr.valid_from, \(row).incident_from) < least(pr.valid_until, \(row).incident_until)")
    }
    if moments.contains(.now) {
      let today = add(.date(today))
      times.append("pr.valid_from <= \(today) AND \(today) < pr.valid_until")
    }
    return text + (times.isEmpty ? ")" : " AND (\(times.joined(separator: " OR "))))")
  }

  /// The name of the parameter with the value, which is sent once.
  private mutating func add(_ value: SQLParameter) -> String {
    if let index = parameters.firstIndex(of: value) { return "$\(first + index)" }
    parameters.append(value)
    return "$\(first + parameters.count - 1)"
  }
}
