import AIP
import Testing

@testable import CasesServer

@Suite("Filters of cases and missions")
struct CaseFilterTests {
  private static func condition(_ text: String) throws -> CaseCondition {
    guard case .condition(let condition) = try CaseCondition.schema.parse(text) else {
      throw FilterError(position: 0, message: "is not one condition")
    }
    return condition
  }

  @Test(
    arguments: [
      ("mission = MINUSMA", .mission(MissionID(rawValue: "minusma")), false),
      ("mission = minusma", .mission(MissionID(rawValue: "minusma")), false),
      ("mission = missions/minusma", .mission(MissionID(rawValue: "minusma")), false),
      ("mission = \"UNEF II\"", .mission(MissionID(rawValue: "unef-ii")), false),
      ("mission != ONUC", .mission(MissionID(rawValue: "onuc")), true),
      ("mission_kind = KIND_OTHER", .missionKind(.other), false),
      ("host_state : MLI", .hostState("MLI"), false),
      ("nationality != FRA", .nationality("FRA"), true),
      ("category = MIL_OBSERVER", .categories([.militaryObserver]), false),
      ("category = PERSONNEL_CATEGORY_UNV", .categories([.volunteer]), false),
      ("personnel_group = POLICE", .categories([.individualPolice, .formedPolice, .undifferentiatedPolice]), false),
      ("act = KILLING", .act(.killing), false),
      ("state != OUT_OF_SCOPE", .state(.outOfScope), true),
      ("incident_date = 2019", .incidentDate(20_190_000...20_199_999), false),
      ("incident_date = 2019-05", .incidentDate(20_190_500...20_190_599), false),
      ("incident_date = 2019-05-18", .incidentDate(20_190_518...20_190_518), false),
      ("incident_date != 2019-05", .incidentDate(20_190_500...20_190_599), true),
      ("incident_date >= 2019", .incidentDate(20_190_000 ... .max), false),
      ("incident_date < 2019", .incidentDate(20_190_000 ... .max), true),
      ("incident_date <= 2019", .incidentDate(.min...20_199_999), false),
      ("incident_date > 2019", .incidentDate(.min...20_199_999), true),
      ("victim_count > 3", .victimCount(.min...3), true),
      ("victim_count <= -3", .victimCount(.min ... -3), false),
    ] as [(String, CaseCondition.Test, Bool)])
  func reads(_ text: String, _ test: CaseCondition.Test, _ isNegated: Bool) throws {
    #expect(try Self.condition(text) == CaseCondition(test: test, isNegated: isNegated))
  }

  @Test(arguments: [
    "host_state = Mali", "host_state > MLI", "nationality = \"\"", "nationality = FR1", "category = MILITARY",
    "category = mil_observer", "incident_date = 2019-13", "incident_date = 19", "incident_date : 2019",
    "victim_count = 1.5", "victim_count = 2147483648", "act = murder", "state = 1", "mission > A", "name = x",
    "victims.sex = MALE",
  ])
  func refuses(_ text: String) {
    #expect(throws: FilterError.self) { try CaseCondition.schema.parse(text) }
  }

  /// Values are parameters in the order of the text, numbered from the first free one.
  @Test func writesSQL() throws {
    let filter = try CaseCondition.schema.parse(
      "mission = ONUC AND (nationality = IND OR NOT incident_date >= 1961) AND host_state != COD"
    )
    let sql = CaseFilterSQL(filter, first: 4)
    #expect(
      sql.text == "((c.mission_id = $4) AND ((EXISTS (SELECT FROM victims v WHERE v.case_id = c.id AND NOT v.withdrawn "
        + "AND v.nationality_code = $5)) OR (NOT (c.incident_date BETWEEN $6 AND $7))) AND "
        + "(NOT (c.host_states @> $8)))"
    )
    #expect(CaseFilterSQL(try CaseCondition.schema.parse(""), first: 2).text == "TRUE")
  }

  @Test func pageKeysComeBack() throws {
    let date = try #require(PartialDate("1961-05"))
    let position = CaseQuery.Position(date: date, id: RecordID(high: 0x0190_b5a2_7c3e_7abc, low: 0x8def_0123_4567_89ab))
    #expect(position.bytes.count == 20)
    #expect(CaseQuery.Position(bytes: position.bytes) == position)
    #expect(CaseQuery.Position(bytes: Array(position.bytes.dropLast())) == nil)
    #expect(CaseQuery.Position(bytes: [UInt8](repeating: 0, count: 20)) == nil)
  }

  @Test(arguments: [
    ("code = XM", true), ("code != XM", false), ("kind = PEACEKEEPING_OPERATION", true), ("kind = OTHER", false),
    ("host_state = XHH", true), ("host_state : XAA", false), ("active = true", true), ("active = false", false),
    ("NOT active = false AND (code = A OR host_state = XHH)", true), ("", true),
  ])
  func missions(_ text: String, _ expected: Bool) throws {
    let mission = Mission.exercise("XM", hosts: [MissionHost(state: "XHH", role: .hostState, isReviewed: false)])
    #expect(try MissionCondition.schema.parse(text).holds { $0.holds(for: mission) } == expected)
  }
}
