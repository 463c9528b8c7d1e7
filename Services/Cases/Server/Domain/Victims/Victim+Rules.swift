extension Victim {
  /// How many persons one record can stand for.
  static let headCounts: ClosedRange<Int32> = 1...100_000

  /// Whether what is said of the victim can be.
  ///
  /// - Parameter incident: the first day of it, as precisely as known.
  func check(incident: PartialDate, today: PartialDate) throws(RecordFault) {
    try checkGroup()
    try checkStates(incident)
    for (field, date) in dates {
      guard let date else { continue }
      if date.isOver(before: incident) {
        throw RecordFault(field: field, description: "is before the incident", bound: incident)
      }
      if today < date { throw RecordFault(field: field, description: "is in the future", bound: today) }
    }
    try checkOrder()
  }

  private var dates: [(field: String, date: PartialDate?)] {
    [
      ("harm_date", harmDate), ("death_date", deathDate), ("release_date", releaseDate), ("return_date", returnDate),
      ("kin_notified_date", kinNotifiedDate),
    ]
  }

  private func checkGroup() throws(RecordFault) {
    guard Self.headCounts.contains(headCount) else {
      throw RecordFault(field: "head_count", description: "must be 1 to 100,000")
    }
    guard headCount > 1 else { return }
    let personal = [
      ("person", person.isEmpty), ("casualty_id", casualtyID.isEmpty), ("rank", rank.isEmpty),
      ("age_band", ageBand == nil), ("medical_note", medicalNote.isEmpty),
    ]
    if let told = personal.first(where: { !$0.1 }) {
      throw RecordFault(field: told.0, description: "is of one person, not of a group")
    }
  }

  private func checkStates(_ incident: PartialDate) throws(RecordFault) {
    guard contributingState.isEmpty || category.isContributed else {
      throw RecordFault(field: "contributing_state", description: "is of military, police and justice personnel only")
    }
    guard nationalities.count <= 5, Set(nationalities).count == nationalities.count else {
      throw RecordFault(field: "nationalities", description: "must be at most 5, each once")
    }
    let states = nationalities.map { ("nationalities", $0) } + [("contributing_state", contributingState)]
    for (field, code) in states where !code.isEmpty {
      guard let state = StateCode(code) else {
        throw RecordFault(field: field, description: "must be an ISO 3166-1 alpha-3 code")
      }
      guard state.existed(on: incident) else {
        throw RecordFault(field: field, description: "is of no State that existed at the time", bound: incident)
      }
    }
  }

  private func checkOrder() throws(RecordFault) {
    guard deathDate == nil || harm.isFatal else {
      throw RecordFault(field: "death_date", description: "is of those who died only")
    }
    guard releaseDate == nil || harm.isAbsence else {
      throw RecordFault(field: "release_date", description: "is of those abducted, detained or missing only")
    }
    try check("death_date", deathDate, notBefore: harmDate, "the harm")
    try check("release_date", releaseDate, notBefore: harmDate, "the harm")
    try check("return_date", returnDate, notBefore: releaseDate, "the release")
    try check("kin_notified_date", kinNotifiedDate, notBefore: deathDate, "the death")
  }

  private func check(
    _ field: String, _ date: PartialDate?, notBefore earlier: PartialDate?, _ event: String
  ) throws(RecordFault) {
    guard let date, let earlier, date.isOver(before: earlier) else { return }
    throw RecordFault(field: field, description: "is before \(event)", bound: earlier)
  }

  /// Whether nobody but those who deal with the family is told yet. What is published is not held back.
  var awaitsKin: Bool { !isPublished && harm.concernsKin && kinNotifiedDate == nil }

  /// After a change of the harm: kin who were told of an injury have not been told of the death.
  mutating func forgetKin(before former: Victim, unlessTold: Bool) {
    if harm.isFatal, !former.harm.isFatal, !unlessTold { kinNotifiedDate = nil }
  }
}

extension PartialDate {
  /// Whether it is certainly before the other.
  func isOver(before other: PartialDate) -> Bool { span.upperBound < other.rawValue }
}

extension PersonnelCategory {
  /// Whether a State contributed the person: military, police, and officers whom a government provides.
  var isContributed: Bool { rawValue <= Self.governmentProvided.rawValue }
}
