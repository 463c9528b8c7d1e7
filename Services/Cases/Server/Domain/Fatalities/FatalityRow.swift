/// What one row of the fatalities says, normalised: the content of a record, which publications are compared by.
///
/// The publisher's `id` is left out, since it shifts between publications, and `last_update`, which is the
/// publication's.
struct FatalityRow: Hashable, Sendable {
  var casualtyID: String
  var incidentDate: PartialDate
  /// Acronym of a mission in the register.
  var mission: String
  var sex: Sex
  /// With the code that the register has for the name where the file has none.
  var nationality: Nationality
  /// As published, without the white space around it.
  var personnelType: String
  var category: PersonnelCategory
  var incidentType: IncidentType
  /// The nationality's code as published, empty where the publisher lost it.
  var publishedCode: String
  /// UN M49 code as three digits; empty where the publisher lost it.
  var m49: String

  /// Tells records apart: the casualty_id alone does not, one person listed under two successor nationalities has
  /// it twice.
  var key: FatalityKey { FatalityKey(casualtyID: casualtyID, nationalityCode: nationality.code) }

  /// The case that the row belongs to, if it is of a malicious act.
  var caseKey: FatalityCaseKey? {
    guard incidentType == .maliciousAct else { return nil }
    return FatalityCaseKey(mission: MissionID(code: mission), date: incidentDate)
  }
}

/// What tells one record of the fatalities from another.
struct FatalityKey: Hashable, Sendable {
  var casualtyID: String
  var nationalityCode: String
}

/// What makes one case: the file has no incident identifier, so those killed on one day in one mission are one.
struct FatalityCaseKey: Hashable, Sendable {
  var mission: MissionID
  var date: PartialDate
}
