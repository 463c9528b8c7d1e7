import AIP
import Postgres
import Testing

@testable import CasesServer

@Suite("What can be said of an incident")
struct IncidentRuleTests {
  /// 2023-11-14 22:13:20 UTC.
  private static let now = PostgresTimestamp(secondsSince1970: 1_700_000_000)
  private static let day = PartialDate("2020-05-10") ?? PartialDate(daysSince1970: 0)

  private static func fault(_ change: (inout IncidentAccount) -> Void) -> RecordFault? {
    let id = RecordID(high: 0, low: 1)
    var account = IncidentAccount(
      id: id, caseID: id, incident: id, revision: 1,
      occurred: Occurrence(start: Occurrence.Moment(date: day), isInterval: false), acts: [.killing], source: .mission,
      certainty: .probable, known: PartialDate(dayOf: now), author: id, createTime: now)
    change(&account)
    do throws(RecordFault) {
      try account.check(days: day...day, now: now)
      return nil
    } catch {
      return error
    }
  }

  private static func occurred(_ text: String) -> Occurrence {
    Occurrence(text) ?? Occurrence(isInterval: false)
  }

  static let impossible: [(String, @Sendable (inout IncidentAccount) -> Void)] = [
    ("occurred", { $0.occurred = occurred("2020-05-11") }),
    ("occurred", { $0.occurred = occurred("2019") }),
    ("occurred", { $0.occurred = occurred("2020-05-11/2020-05-12") }),
    ("occurred", { $0.occurred = occurred("2020-05-10/2020-05-09") }),
    ("occurred", { $0.occurred = occurred("2020-05-10/2023-11-15") }),
    ("occurred", { $0.occurred = occurred("2030") }),
    ("ongoing", { $0.isOngoing = true }),
    ("ongoing", { ($0.isOngoing, $0.occurred) = (true, occurred("2020-05-10/2020-05-12")) }),
    ("report_time", { $0.reported = PostgresTimestamp(secondsSince1970: 1_588_900_000) }),
    ("report_time", { $0.reported = PostgresTimestamp(secondsSince1970: 1_700_000_001) }),
    ("zone", { $0.zone = "there" + "\u{0}" }),
    ("territorial_state", { $0.territorialState = "WWW" }),
    ("territorial_state", { $0.territorialState = "YUG" }),
    ("acts", { $0.acts = [] }),
    ("acts", { $0.acts = [.killing, .killing] }),
    ("means", { $0.means = Array(AttackMeans.allCases.prefix(11)) }),
    ("targets", { $0.targets = [.patrol, .patrol] }),
    ("contexts", { $0.contexts = [.mob, .mob] }),
    ("external_ids", { $0.externalIDs = (0...20).map { ExternalID(system: .sage, id: "\($0)") } }),
    ("narrative_language", { $0.narrative = "Words" }),
    ("narrative_language", { $0.narrativeLanguage = "fr" }),
  ]

  @Test("what cannot be is refused with the field that is at fault", arguments: impossible)
  func refused(_ field: String, _ change: @Sendable (inout IncidentAccount) -> Void) {
    #expect(Self.fault(change)?.field == field)
  }

  static let possible: [@Sendable (inout IncidentAccount) -> Void] = [
    { _ in },
    { $0.occurred = occurred("2020") },
    { $0.occurred = occurred("2020-05-09T23:00/2020-05-11") },
    { ($0.isOngoing, $0.occurred) = (true, occurred("2020-05-10/..")) },
    // Where it was, it was the 10th already.
    { $0.reported = PostgresTimestamp(secondsSince1970: 1_589_060_000) },
    { ($0.zone, $0.territorialState) = ("Africa/Bamako", "MLI") },
    { ($0.narrative, $0.narrativeLanguage) = ("Words", "fr") },
  ]

  @Test("what can be is taken", arguments: possible)
  func taken(_ change: @Sendable (inout IncidentAccount) -> Void) {
    #expect(Self.fault(change) == nil)
  }

  @Test("every field of the contract is written by one rule, and an external id is stored as it is said")
  func fields() {
    #expect(IncidentAccount.fields.paths().count == IncidentAccount.fields.count)
    let id = ExternalID(system: .boi, id: "a:b ü")
    #expect(ExternalID(stored: id.stored) == id)
    #expect(ExternalID(stored: "nothing") == nil)
  }
}
