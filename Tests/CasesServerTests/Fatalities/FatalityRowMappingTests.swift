import Testing

@testable import CasesServer

@Suite("Rows of the fatalities")
struct FatalityRowMappingTests {
  typealias Fields = [FatalityColumn: String]

  /// A row of exercise: a fictional mission, user-assigned country codes.
  static let plain: Fields = [
    .id: "7", .incidentDate: "2019-05-18", .casualtyID: "XMISSION-2019-05-00012", .mission: "XMISSION",
    .casualtyType: "Fatality", .gender: "M", .nationality: "Xandria", .personnelType: "Military",
    .incidentType: "Malicious Act", .m49: "250.0", .isoCode: "XAA", .lastUpdate: "2023-11-28",
  ]

  static func map(_ changes: Fields) throws(FatalityRefusal) -> FatalityRow {
    let fields = plain.merging(changes) { $1 }
    let published = PartialDate(year: 2023, month: 11, day: 28)
    guard let published else { throw FatalityRefusal(.invalidDate, .lastUpdate, "") }
    let mapping = FatalityRowMapping(missions: ["XMISSION", "UNSecretariat"])
    return try mapping.row({ fields[$0] ?? "" }, published: published)
  }

  @Test func mapsAPlainRow() throws {
    let row = try Self.map([:])
    #expect(row.casualtyID == "XMISSION-2019-05-00012")
    #expect(row.incidentDate.description == "2019-05-18")
    #expect(row.sex == .male)
    #expect(row.nationality == Nationality(code: "XAA", sourceName: "Xandria"))
    #expect(row.category == .militaryContingent)
    #expect(row.m49 == "250")
    #expect(row.caseKey == FatalityCaseKey(mission: MissionID(code: "XMISSION"), date: row.incidentDate))
  }

  @Test(
    arguments: [
      ("Military", .militaryContingent), ("Military Observer", .militaryObserver), ("Police", .undifferentiatedPolice),
      ("International Civilian", .internationalCivilian), ("Local ", .nationalCivilian), ("Local", .nationalCivilian),
      ("Other", .other),
    ] as [(String, PersonnelCategory)])
  func categories(_ text: String, _ category: PersonnelCategory) throws {
    let row = try Self.map([.personnelType: text])
    #expect(row.category == category)
    #expect(!row.personnelType.hasSuffix(" "))
  }

  @Test(arguments: [
    ("Côte dIvoire", "", "CIV"), ("Türkiye", "", "TUR"), ("Turkey", "TUR", "TUR"), ("Viet Nam", "", "VNM"),
    ("ZZ [Undetermined]", "", ""), ("", "", ""), ("Serbia and Montenegro", "SCG", "SCG"), ("Yugoslavia", "YUG", "YUG"),
    ("France", "FRA", "FRA"),
  ])
  func nationalities(_ name: String, _ published: String, _ code: String) throws {
    let row = try Self.map([.nationality: name, .isoCode: published])
    #expect(row.nationality == Nationality(code: code, sourceName: name))
    #expect(row.publishedCode == published)
  }

  @Test(arguments: [("250.0", "250"), ("4.0", "004"), ("76", "076"), ("", "")])
  func m49Codes(_ text: String, _ code: String) throws {
    #expect(try Self.map([.m49: text]).m49 == code)
  }

  @Test(arguments: [
    "UN SECRETA-2003-08-00001", "OSE-Syria-2019-01-00003", "XMISSION-1998-01-12345", "A-2000-13-00000",
  ])
  func casualtyIDs(_ text: String) throws {
    #expect(try Self.map([.casualtyID: text]).casualtyID == text)
  }

  @Test(arguments: [("", Sex.notStated), ("F", .female), ("M", .male)])
  func sexes(_ text: String, _ sex: Sex) throws {
    #expect(try Self.map([.gender: text]).sex == sex)
  }

  @Test(
    arguments: [
      ([.incidentDate: ""], .invalidDate), ([.incidentDate: "2019-05"], .invalidDate),
      ([.incidentDate: "2019-02-30"], .invalidDate), ([.incidentDate: "18/05/2019"], .invalidDate),
      ([.incidentDate: "2023-11-29"], .invalidDate), ([.casualtyID: ""], .invalidCasualtyID),
      ([.casualtyID: "XMISSION"], .invalidCasualtyID), ([.casualtyID: "-2019-05-00012"], .invalidCasualtyID),
      ([.casualtyID: "X-2019-05-0012"], .invalidCasualtyID), ([.casualtyID: "X-2019-05-0001a"], .invalidCasualtyID),
      ([.casualtyID: String(repeating: "X", count: 60) + "-2019-05-00012"], .invalidCasualtyID),
      ([.mission: "NOMISSION"], .unknownMission), ([.mission: ""], .unknownMission),
      ([.mission: "xmission"], .unknownMission), ([.casualtyType: "Injury"], .unknownCasualtyType),
      ([.gender: "X"], .unknownGender), ([.gender: "m"], .unknownGender),
      ([.personnelType: "Soldier"], .unknownPersonnelType), ([.personnelType: ""], .unknownPersonnelType),
      ([.incidentType: "Murder"], .unknownIncidentType), ([.incidentType: "malicious act"], .unknownIncidentType),
      ([.isoCode: "Xa"], .invalidNationality), ([.isoCode: "xaa"], .invalidNationality),
      ([.isoCode: "XAAA"], .invalidNationality), ([.m49: "25x"], .invalidNationality),
      ([.m49: "2500.0"], .invalidNationality), ([.nationality: "Türkiye", .isoCode: "FRA"], .invalidNationality),
      ([.nationality: String(repeating: "x", count: 129)], .invalidNationality),
    ] as [(Fields, FatalityRefusal.Reason)])
  func refuses(_ changes: Fields, _ reason: FatalityRefusal.Reason) {
    do {
      _ = try Self.map(changes)
      Issue.record("accepted \(changes)")
    } catch {
      #expect(error.reason == reason)
      #expect(changes.keys.contains(error.column))
    }
  }

  @Test func findsWhatChanged() throws {
    let old = try Self.map([.incidentType: "To Be Determined", .gender: ""])
    let new = try Self.map([.incidentType: "Malicious Act", .gender: "F"])
    #expect(
      old.changes(to: new) == [
        FieldChange(column: .gender, old: "", new: "F"),
        FieldChange(column: .incidentType, old: "To Be Determined", new: "Malicious Act"),
      ]
    )
    #expect(old.changes(to: old).isEmpty)
    // White space is not a change.
    #expect(try Self.map([.personnelType: "Local "]).changes(to: Self.map([.personnelType: "Local"])).isEmpty)
  }
}
