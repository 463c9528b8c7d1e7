/// Turns the fields of a row into its normalised content.
struct FatalityRowMapping: Sendable {
  /// Acronyms of the missions in the register.
  let missions: Set<String>

  /// The row, whose fields are given by column.
  ///
  /// Throws when a field is not what the publisher uses, or the register has no such mission.
  func row(
    _ field: (FatalityColumn) -> String,
    published: PartialDate
  ) throws(FatalityRefusal) -> FatalityRow {
    let casualtyID = field(.casualtyID)
    guard Self.isCasualtyID(casualtyID) else {
      throw FatalityRefusal(.invalidCasualtyID, .casualtyID, "is not of the form MISSION-YYYY-MM-NNNNN")
    }
    let personnelType = Self.trimmed(field(.personnelType))
    return FatalityRow(
      casualtyID: casualtyID,
      incidentDate: try Self.date(field(.incidentDate), published: published),
      mission: try mission(field(.mission)),
      sex: try Self.sex(field(.gender)),
      nationality: try Nationality(published: field(.nationality), code: field(.isoCode)),
      personnelType: personnelType,
      category: try Self.category(personnelType),
      incidentType: try Self.incidentType(field(.incidentType), casualty: field(.casualtyType)),
      publishedCode: field(.isoCode),
      m49: try Self.m49(field(.m49))
    )
  }

  private func mission(_ text: String) throws(FatalityRefusal) -> String {
    guard missions.contains(text) else {
      throw FatalityRefusal(.unknownMission, .mission, "is not a mission in the register")
    }
    return text
  }

  private static func date(_ text: String, published: PartialDate) throws(FatalityRefusal) -> PartialDate {
    guard let date = PartialDate(text), date.isDay else {
      throw FatalityRefusal(.invalidDate, .incidentDate, "is not a date of the form YYYY-MM-DD")
    }
    guard date <= published else {
      throw FatalityRefusal(.invalidDate, .incidentDate, "lies after the publication")
    }
    return date
  }

  private static func sex(_ text: String) throws(FatalityRefusal) -> Sex {
    switch text {
    case "": .notStated
    case "F": .female
    case "M": .male
    default: throw FatalityRefusal(.unknownGender, .gender, "is none of M, F and blank")
    }
  }

  // "Local " has a trailing space in the publications; it is the only value of which that is known.
  private static func category(_ text: String) throws(FatalityRefusal) -> PersonnelCategory {
    switch text {
    case "Military": .militaryContingent
    case "Military Observer": .militaryObserver
    case "Police": .undifferentiatedPolice
    case "International Civilian": .internationalCivilian
    case "Local": .nationalCivilian
    case "Other": .other
    default: throw FatalityRefusal(.unknownPersonnelType, .personnelType, "is not a type that the publisher uses")
    }
  }

  private static func incidentType(
    _ text: String,
    casualty: String
  ) throws(FatalityRefusal) -> IncidentType {
    guard casualty == "Fatality" else {
      throw FatalityRefusal(.unknownCasualtyType, .casualtyType, "is not Fatality")
    }
    guard let type = IncidentType(label: text) else {
      throw FatalityRefusal(.unknownIncidentType, .incidentType, "is not a type that the publisher uses")
    }
    return type
  }

  /// The code is published as a decimal number (`250.0`) that has lost its leading zeros.
  private static func m49(_ text: String) throws(FatalityRefusal) -> String {
    if text.isEmpty { return "" }
    let digits = text.hasSuffix(".0") ? text.dropLast(2) : text[...]
    guard (1...3).contains(digits.utf8.count), digits.utf8.allSatisfy(isDigit) else {
      throw FatalityRefusal(.invalidNationality, .m49, "is not an M49 code")
    }
    return String(repeating: "0", count: 3 - digits.utf8.count) + digits
  }

  /// `MISSION-YYYY-MM-NNNNN`. The mission part can hold spaces and hyphens and differ from the mission's acronym, and
  /// year and month can differ from the incident's, so only the form is checked, from the right.
  private static func isCasualtyID(_ text: String) -> Bool {
    guard text.utf8.count <= 64 else { return false }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 4, !parts[0].isEmpty else { return false }
    return zip(parts.suffix(3), [4, 2, 5]).allSatisfy { part, length in
      part.utf8.count == length && part.utf8.allSatisfy(isDigit)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func trimmed(_ text: String) -> String {
    var part = text[...]
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}
