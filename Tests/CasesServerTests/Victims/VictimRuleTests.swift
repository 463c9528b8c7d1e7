import AIP
import Testing

@testable import CasesServer

@Suite("What can be said of a victim")
struct VictimRuleTests {
  private static let incident = PartialDate(rawValue: 2020_05_10) ?? .init(daysSince1970: 0)
  private static let today = PartialDate(rawValue: 2023_11_14) ?? .init(daysSince1970: 0)

  private static func victim(_ change: (inout Victim) -> Void = { _ in }) -> Victim {
    var victim = Victim(
      id: RecordID(high: 0, low: 1), category: .militaryContingent, nationality: Nationality(code: "", sourceName: ""),
      sex: .notStated, harm: .killed, casualtyID: "", isPublished: false)
    change(&victim)
    return victim
  }

  private static func fault(_ change: (inout Victim) -> Void) -> RecordFault? {
    do throws(RecordFault) {
      try victim(change).check(incident: incident, today: today)
      return nil
    } catch {
      return error
    }
  }

  @Test("a victim of whom nothing but category and harm is known can be", arguments: PersonnelCategory.allCases)
  func least(_ category: PersonnelCategory) {
    #expect(Self.fault { $0.category = category } == nil)
  }

  /// What cannot be, with the field that is at fault.
  static let impossible: [(String, @Sendable (inout Victim) -> Void)] = [
    ("head_count", { $0.headCount = 0 }),
    ("head_count", { $0.headCount = -1 }),
    ("head_count", { $0.headCount = 100_001 }),
    ("person", { ($0.headCount, $0.person) = (2, "A") }),
    ("casualty_id", { ($0.headCount, $0.casualtyID) = (2, "A") }),
    ("rank", { ($0.headCount, $0.rank) = (2, "A") }),
    ("age_band", { ($0.headCount, $0.ageBand) = (2, .adult) }),
    ("medical_note", { ($0.headCount, $0.medicalNote) = (2, "A") }),
    ("contributing_state", { ($0.category, $0.contributingState) = (.nationalCivilian, "XAA") }),
    ("contributing_state", { $0.contributingState = "XA" }),
    ("contributing_state", { $0.contributingState = "QQQQ" }),
    ("nationalities", { $0.nationalities = ["XAA", "XAA"] }),
    ("nationalities", { $0.nationalities = ["XAA", "XAB", "XAC", "XAD", "XAE", "XAF"] }),
    ("nationalities", { $0.nationalities = ["xaa"] }),
    ("nationalities", { $0.nationalities = ["WWW"] }),
    // A State that was no more.
    ("nationalities", { $0.nationalities = ["YUG"] }),
    ("harm_date", { $0.harmDate = PartialDate("2020-05-09") }),
    ("harm_date", { $0.harmDate = PartialDate("2023-11-15") }),
    ("death_date", { $0.deathDate = PartialDate("2020-04") }),
    ("death_date", { ($0.harm, $0.deathDate) = (.injuredSeriously, PartialDate("2020-06")) }),
    ("death_date", { ($0.harmDate, $0.deathDate) = (PartialDate("2020-07"), PartialDate("2020-06")) }),
    ("release_date", { $0.releaseDate = PartialDate("2021") }),
    ("release_date", { ($0.harm, $0.releaseDate) = (.abducted, PartialDate("2024")) }),
    (
      "return_date",
      { ($0.harm, $0.releaseDate, $0.returnDate) = (.abducted, PartialDate("2021-02"), PartialDate("2021-01")) }
    ),
    ("kin_notified_date", { ($0.deathDate, $0.kinNotifiedDate) = (PartialDate("2020-06-01"), PartialDate("2020-05")) }),
  ]

  @Test("what cannot be is refused with the field that is at fault", arguments: impossible)
  func refused(_ field: String, _ change: @Sendable (inout Victim) -> Void) {
    #expect(Self.fault(change)?.field == field)
  }

  /// What can: dates that need not contradict each other do not.
  static let possible: [@Sendable (inout Victim) -> Void] = [
    { ($0.harmDate, $0.deathDate) = (PartialDate("2020-06-20"), PartialDate("2020-06")) },
    { ($0.harm, $0.deathDate) = (.diedLater, PartialDate("2022")) },
    { $0.harmDate = PartialDate("2020") },
    { ($0.harm, $0.releaseDate, $0.returnDate) = (.detained, PartialDate("2021"), PartialDate("2021-01")) },
    { ($0.headCount, $0.harm) = (100_000, .injuredSlightly) },
    { ($0.category, $0.nationalities) = (.nationalCivilian, ["XAA", "EGY", "SSD"]) },
    { ($0.nationalities, $0.contributingState) = (["XAA"], "XAB") },
  ]

  @Test("what can be is taken", arguments: possible)
  func taken(_ change: @Sendable (inout Victim) -> Void) {
    #expect(Self.fault(change) == nil)
  }

  @Test("whose kin are to be told first is held back until they are, unless a publication names the victim")
  func kin() {
    let held = Harm.allCases.filter { harm in Self.victim { $0.harm = harm }.awaitsKin }
    #expect(held == [.killed, .diedLater, .injuredSeriously, .abducted, .detained, .missing])
    #expect(!Self.victim { $0.kinNotifiedDate = Self.today }.awaitsKin)
    #expect(!Self.victim { $0.isPublished = true }.awaitsKin)
  }

  @Test("kin who were told of an injury have not been told of the death")
  func laterDeath() {
    let injured = Self.victim { ($0.harm, $0.kinNotifiedDate) = (.injuredSeriously, Self.today) }
    var dead = injured
    dead.harm = .diedLater
    var told = dead
    dead.forgetKin(before: injured, unlessTold: false)
    told.forgetKin(before: injured, unlessTold: true)
    #expect(dead.awaitsKin && !told.awaitsKin)
    var corrected = told
    corrected.forgetKin(before: told, unlessTold: false)
    #expect(!corrected.awaitsKin)
  }

  @Test(
    "codes are of States of today, of the past, or of users of the standard",
    arguments: [
      ("EGY", 1950, true), ("XKX", 2000, true), ("XAA", 1948, true), ("AAB", 2000, true), ("ZZZ", 2000, true),
      ("QMA", 2000, true), ("QLZ", 2000, false), ("SSD", 2011, true), ("SSD", 2010, false), ("YUG", 2003, true),
      ("YUG", 2004, false), ("SCG", 2003, true), ("DDR", 1990, true), ("DDR", 1991, false), ("", 2000, false),
      ("EG", 2000, false), ("egy", 2000, false), ("EGY ", 2000, false), ("\u{0415}GY", 2000, false),
    ])
  func states(_ code: String, _ year: Int, _ isOne: Bool) throws {
    let date = try #require(PartialDate(year: year))
    #expect((StateCode(code)?.existed(on: date) ?? false) == isOne)
  }

  @Test("every field of the contract is written by one rule")
  func fields() {
    #expect(Victim.fields.paths().count == Victim.fields.count)
    #expect(Victim.publishedFields.isSubset(of: Victim.fields.paths()))
  }
}
