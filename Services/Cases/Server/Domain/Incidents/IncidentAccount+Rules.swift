import Postgres

extension IncidentAccount {
  /// Whether what is said of the incident can be.
  ///
  /// - Parameters:
  ///   - days: the first possible day of the case and its last.
  ///   - now: the present.
  func check(days: ClosedRange<PartialDate>, now: PostgresTimestamp) throws(RecordFault) {
    try checkTime(days, now)
    try checkPlace()
    try checkLists()
    guard narrative.isEmpty == narrativeLanguage.isEmpty else {
      throw RecordFault(field: "narrative_language", description: "goes with a narrative")
    }
  }

  private func checkTime(_ days: ClosedRange<PartialDate>, _ now: PostgresTimestamp) throws(RecordFault) {
    let today = PartialDate(dayOf: now)
    if let contradiction = occurred.contradiction { throw RecordFault(field: "occurred", description: contradiction) }
    for moment in [occurred.start, occurred.end] {
      if let moment, today < moment.date {
        throw RecordFault(field: "occurred", description: "is in the future", bound: today)
      }
    }
    guard occurred.days.overlaps(days.lowerBound.span.lowerBound...days.upperBound.span.upperBound) else {
      throw RecordFault(field: "occurred", description: "is on no day of the case", bound: days.lowerBound)
    }
    guard !isOngoing || occurred.isInterval && occurred.end == nil else {
      throw RecordFault(field: "ongoing", description: "takes an interval without an end")
    }
    guard let reported else { return }
    // A day more: where it was, it may have been another day.
    let nextDay = PostgresTimestamp(microsecondsSince2000: reported.microsecondsSince2000 + 86_400_000_000)
    guard PartialDate(dayOf: nextDay).rawValue >= occurred.days.lowerBound else {
      throw RecordFault(field: "report_time", description: "is before the incident", bound: occurred.start?.date)
    }
    guard reported <= now else {
      throw RecordFault(field: "report_time", description: "is in the future", bound: today)
    }
  }

  private func checkPlace() throws(RecordFault) {
    guard zone.isEmpty || ZoneName(zone) != nil else {
      throw RecordFault(field: "zone", description: "must be like Africa/Bamako or +02:00")
    }
    guard !territorialState.isEmpty else { return }
    guard let state = StateCode(territorialState) else {
      throw RecordFault(field: "territorial_state", description: "must be an ISO 3166-1 alpha-3 code")
    }
    let date = (occurred.start ?? occurred.end)?.date ?? known
    guard state.existed(on: date) else {
      throw RecordFault(
        field: "territorial_state", description: "is of no State that existed at the time", bound: date)
    }
  }

  private func checkLists() throws(RecordFault) {
    try check("contexts", contexts, most: 10)
    try check("means", means, most: 10)
    try check("acts", acts, most: 10)
    try check("targets", targets, most: 10)
    try check("external_ids", externalIDs, most: 20)
    guard !acts.isEmpty else { throw RecordFault(field: "acts", description: "is required") }
  }

  private func check(_ field: String, _ values: [some Hashable], most: Int) throws(RecordFault) {
    guard values.count <= most, Set(values).count == values.count else {
      throw RecordFault(field: field, description: "must be at most \(most), each once")
    }
  }
}
