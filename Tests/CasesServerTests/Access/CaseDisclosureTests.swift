import AIP
import Crypto
import Policy
import Postgres
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("What a decision makes of a case")
struct CaseDisclosureTests {
  /// What of a case with two victims, one of Chad and one of Togo, a reader sees.
  struct Row: CustomStringConvertible {
    var reader: ReaderClass
    var caveats: CaveatSet = []
    /// An embargo on the case.
    var hold: EmbargoKind?
    /// The one on the victim of Togo.
    var isEmbargoed = false
    var clearance = Classification.strictlyConfidential
    var purpose: Purpose?

    /// As the answer has them: nationalities, identifiers, the number, the day of the incident.
    var victims: [String]
    var identifiers: [String]
    var count: Int32
    var day = 18
    var redactions: [String] = []
    var identity = ""
    var showsChanges = false

    var description: String { "\(reader) \(caveats) \(hold.map { "\($0)" } ?? "") \(isEmbargoed) \(clearance)" }
  }

  static let both = ["TCD", "TGO"]
  static let ids = ["C-1", "C-2"]

  @Test(arguments: [
    Row(reader: .headquarters, victims: both, identifiers: ids, count: 2, showsChanges: true),
    Row(reader: .headquarters, isEmbargoed: true, victims: both, identifiers: ids, count: 2, showsChanges: true),
    Row(
      reader: .headquarters, caveats: [.sgbv, .minor], hold: .nextOfKin, victims: both, identifiers: ids, count: 2,
      showsChanges: true),
    // Sees what is embargoed, and does not count it.
    Row(reader: .legal, isEmbargoed: true, victims: both, identifiers: ids, count: 1, showsChanges: true),
    Row(reader: .hostState, victims: both, identifiers: ids, count: 2),
    Row(reader: .hostState, isEmbargoed: true, victims: ["TCD"], identifiers: ["C-1"], count: 1),
    Row(reader: .hostState, hold: .nextOfKin, victims: [], identifiers: [], count: 0),
    Row(
      reader: .hostState, hold: .release, victims: both, identifiers: ["", ""], count: 0,
      redactions: ["victim_count AGGREGATES DROP EMBARGO"], identity: "casualty_id VICTIM_IDENTITY DROP EMBARGO"),
    Row(
      reader: .hostState, caveats: [.nokEmbargo], victims: both, identifiers: ["", ""], count: 2,
      identity: "casualty_id VICTIM_IDENTITY DROP CAVEAT"),
    Row(
      reader: .hostState, caveats: [.minor], victims: both, identifiers: ["C-1", "P"], count: 2,
      identity: "casualty_id VICTIM_IDENTITY PSEUDONYM CAVEAT"),
    Row(
      reader: .hostState, caveats: [.sgbv], victims: [], identifiers: [], count: 2,
      redactions: ["victims VICTIM_ATTRIBUTES COUNT_ONLY CAVEAT"]),
    Row(
      reader: .hostState, clearance: .unclassified, victims: [], identifiers: [], count: -1),
    Row(
      reader: .contributor, victims: ["TCD"], identifiers: ["C-1"], count: 2,
      redactions: ["victims VICTIM_ATTRIBUTES COUNT_ONLY OWN_RECORDS_ONLY"]),
    Row(
      reader: .contributor, isEmbargoed: true, victims: ["TCD"], identifiers: ["C-1"], count: 1,
      redactions: ["victims VICTIM_ATTRIBUTES COUNT_ONLY OWN_RECORDS_ONLY"]),
    Row(reader: .seniorFocalPoint, isEmbargoed: true, victims: ["TCD"], identifiers: ["C-1"], count: 1),
    Row(
      reader: .forumState, victims: [], identifiers: [], count: 0,
      redactions: ["victims VICTIM_ATTRIBUTES DROP GRANT_REQUIRED"]),
    Row(
      reader: .councilReader, purpose: .councilBrief, victims: [], identifiers: [], count: 2, day: 0,
      redactions: [
        "incident_date CORE GENERALISE SUMMARY_ONLY", "victims VICTIM_ATTRIBUTES COUNT_ONLY SUMMARY_ONLY",
      ]),
    Row(
      reader: .auditor, purpose: .audit, victims: both, identifiers: ["", ""], count: 2,
      identity: "casualty_id VICTIM_IDENTITY DROP GRANT_REQUIRED"),
    Row(reader: .auditor, victims: [], identifiers: [], count: -1),
    Row(reader: .systemOperator, victims: [], identifiers: [], count: -1),
    Row(reader: .regionalOrganization, victims: [], identifiers: [], count: -1),
  ])
  func shows(_ row: Row) throws {
    let shown = try Self.shown(row)
    guard row.count >= 0 else {
      #expect(shown == nil)
      return
    }
    let found = PBCase(try #require(shown))
    #expect(found.victims.map(\.nationality.code) == row.victims)
    #expect(found.victims.map { $0.casualtyID.hasPrefix("P-") ? "P" : $0.casualtyID } == row.identifiers)
    #expect(found.victimCount == row.count && found.incidentDate.day == row.day)
    #expect(found.redactions.map(Self.text) == row.redactions)
    for victim in found.victims where !victim.redactions.isEmpty {
      let identity = victim.redactions.filter { $0.dataClass == .victimIdentity }
      #expect(identity.map(\.field) == ["casualty_id", "person", "rank", "unit"])
      #expect(identity.first.map(Self.text) == row.identity)
      #expect(
        victim.rank.isEmpty && victim.unit.isEmpty && victim.person.hasPrefix("P-") == victim.casualtyID.hasPrefix("P-")
      )
    }
    for victim in found.victims {
      let kin = [.headquarters, .legal].contains(row.reader) || row.reader == .contributor
      #expect(victim.hasKinNotifiedDate == kin && !victim.medicalNote.isEmpty == kin)
    }
    #expect(!found.etag.isEmpty == row.showsChanges && found.hasUpdateTime == row.showsChanges)
    #expect(found.provenance.hasPublicationDate == row.showsChanges)
    // A victim's own name would link what two readers see.
    let real = found.victims.filter { $0.name.contains("-4000-") }
    #expect(real == found.victims.filter(\.redactions.isEmpty))
    // A time of recording would tell the day.
    #expect(found.hasCreateTime == (row.day != 0))
  }

  /// Caveats tell of what they protect.
  @Test(arguments: [
    (ReaderClass.headquarters, true), (.seniorFocalPoint, true), (.hostState, false), (.auditor, false),
  ])
  func caveats(_ reader: ReaderClass, _ isTold: Bool) throws {
    let shown = try Self.shown(
      Row(reader: reader, caveats: [.opsec, .minor], purpose: .audit, victims: [], identifiers: [], count: 0))
    #expect(PBCase(try #require(shown)).caveats == (isTold ? [.opsec, .minor] : []))
  }

  /// What is said to be left out depends on nothing that is held back.
  @Test(arguments: ReaderClass.allCases)
  func redactionsDoNotTellOfHeldBackVictims(_ reader: ReaderClass) throws {
    for kind in [nil, EmbargoKind.release, .nextOfKin] {
      func answer(victims: [FiledVictim]) throws -> PBCase? {
        var row = Row(reader: reader, hold: kind, victims: [], identifiers: [], count: 0)
        row.purpose = reader == .councilReader ? .councilBrief : .audit
        return try Self.shown(row, victims: victims).map(PBCase.init)
      }
      let embargoed = try Self.victim("TGO", 2, embargoed: true)
      let with = try answer(victims: [try Self.victim("TCD", 1), embargoed])
      let without = try answer(victims: [try Self.victim("TCD", 1)])
      let exempt: [ReaderClass] = [.headquarters, .legal, .missionFocalPoint]
      if exempt.contains(reader) { #expect(with != without) } else { #expect(with == without) }
    }
  }

  private static func text(_ redaction: PBRedaction) -> String {
    func word(_ value: Any) -> String {
      "\(value)".reduce(into: "") { $0 += ($1.isUppercase ? "_" : "") + $1.uppercased() }
    }
    return "\(redaction.field) \(word(redaction.dataClass)) \(word(redaction.transform))"
      + " \(word(redaction.reason))"
  }

  private static func shown(_ row: Row, victims: [FiledVictim]? = nil) throws -> ShownCase? {
    let party = try #require(PartyID("TCD"))
    let now = PolicyTime(startOf: Day(number: 20_000))
    let context = AccessContext(
      subject: Subject(
        principal: RecordID(high: 0, low: 9), party: party, roles: [RoleAssignment(row.reader)],
        clearance: row.clearance),
      purpose: row.purpose, environment: Environment(now: now))
    let hats = HatKind.allCases.filter { $0 != .implicated }.map { Hat($0, party) }
    let facts = CaseFacts(
      id: RecordID(high: 0, low: 1), hats: hats, caveats: row.caveats, embargoes: row.hold.map { [Embargo($0)] } ?? [],
      incident: .always)
    let decision = PolicyEvaluator(try .standard()).decide(AccessRequest(context, resource: facts))
    let standard = [try victim("TCD", 1), try victim("TGO", 2, embargoed: row.isEmbargoed)]
    let file = CaseFile(record: try record(), facts: facts, victims: victims ?? standard)
    let pseudonyms = Pseudonyms(key: SymmetricKey(data: [UInt8](repeating: 1, count: 32)), reader: party)
    return CaseDisclosure(decision: decision, pseudonyms: pseudonyms).show(file)
  }

  private static func record() throws -> Case {
    let time = PostgresTimestamp(secondsSince1970: 1_700_000_000)
    return Case(
      id: RecordID(high: 0, low: 1), displayNumber: "MINUSMA-2019-001", mission: MissionID(code: "MINUSMA"),
      incidentDate: try #require(PartialDate("2019-05-18")), act: .killing, state: .triage, victimCount: 77,
      hostStates: ["MLI"], areHostStatesReviewed: false, dataSet: "DPPADPOSS-FATALITIES",
      publicationDate: PartialDate("2025-04-04"), sourceClassification: "Malicious Act", revision: 3, createTime: time,
      updateTime: time)
  }

  private static func victim(_ state: String, _ number: UInt64, embargoed: Bool = false) throws -> FiledVictim {
    FiledVictim(
      record: Victim(
        id: RecordID(high: 0x0190_0000_0000_4000, low: 1 << 63 | number), category: .militaryContingent,
        nationality: Nationality(code: state, sourceName: ""), sex: .male, harm: .killed, casualtyID: "C-\(number)",
        incidentType: .maliciousAct, publicationDate: nil, person: "Name \(number)", rank: "Major", unit: "First",
        kinNotifiedDate: PartialDate("2019-06"), medicalNote: "Note"),
      facts: RecordFacts(owners: [try #require(PartyID(state))], isEmbargoed: embargoed))
  }
}
