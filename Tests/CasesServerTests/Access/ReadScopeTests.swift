import AIP
import Policy
import Testing

@testable import CasesServer

@Suite("How far a reader may see at all")
struct ReadScopeTests {
  private static let now = PolicyTime(startOf: Day(number: 20_000))
  private static let id = RecordID(high: 0, low: 7)

  private static func scope(
    _ roles: [RoleAssignment], party: String = "KEN", purpose: Purpose? = nil,
    _ change: (inout Environment) throws -> Void = { _ in }
  ) throws -> ReadScope {
    var environment = Environment(now: now)
    try change(&environment)
    let subject = Subject(
      principal: RecordID(high: 0, low: 1), party: try #require(PartyID(party)), roles: roles,
      clearance: .strictlyConfidential)
    return ReadScope(
      AccessContext(subject: subject, purpose: purpose, environment: environment), PolicyEvaluator(try .standard()))
  }

  @Test(
    arguments: [
      ([.headquarters], nil, true, []), ([.legal], nil, true, []), ([.seniorFocalPoint], nil, true, []),
      ([.auditor], .audit, true, []), ([.auditor], nil, false, []), ([.systemOperator], nil, false, []),
      ([.regionalOrganization], nil, false, []), ([.hostState], nil, false, ["KEN"]),
      ([.hostState, .contributor, .forumState], nil, false, ["KEN"]), ([.councilReader], nil, false, []),
      ([.councilReader], .councilBrief, false, ["KEN"]), ([], nil, false, []),
      // An exclusive role bars its holder from the rest.
      ([.headquarters, .systemOperator], nil, false, []),
    ] as [([ReaderClass], Purpose?, Bool, [String])])
  func followsRoles(_ readers: [ReaderClass], _ purpose: Purpose?, _ seesAll: Bool, _ parties: [String]) throws {
    let scope = try Self.scope(readers.map { RoleAssignment($0) }, purpose: purpose)
    #expect(scope.seesAll == seesAll && scope.parties.map(\.description) == parties && scope.cases.isEmpty)
    #expect(scope.relations.map(\.description) == ["KEN"])
  }

  @Test func aFocalPointSeesTheMissionAndARoleThatIsOverNothing() throws {
    let mission = try #require(PartyID("minusma"))
    #expect(try Self.scope([RoleAssignment(.missionFocalPoint, scope: mission)]).parties == [mission])
    let over = Period(from: PolicyTime.distantPast, until: Self.now)
    let scope = try Self.scope([RoleAssignment(.headquarters, period: over), RoleAssignment(.hostState, period: over)])
    #expect(!scope.seesAll && scope.parties.isEmpty)
  }

  @Test func grantsAndEmergenciesOpenTheirCases() throws {
    let (requester, approver) = (RecordID(high: 0, low: 2), RecordID(high: 0, low: 3))
    let party = try #require(PartyID("AU"))
    func opened(_ change: (inout Grant) -> Void) throws -> [RecordID] {
      var grant = Grant(
        id: RecordID(high: 0, low: 5), caseID: Self.id, classes: [.core], purpose: .investigation, grantee: party,
        period: .always, requester: requester, approver: approver)
      change(&grant)
      return try Self.scope([RoleAssignment(.regionalOrganization)], party: "AU") { $0.grants = [grant] }.cases
    }
    #expect(try opened { _ in } == [Self.id])
    #expect(try opened { $0.isRevoked = true }.isEmpty)
    #expect(try opened { $0.period.until = Self.now }.isEmpty)
    #expect(try opened { $0.principal = RecordID(high: 0, low: 4) }.isEmpty)
    let glass = BreakGlass(
      principal: RecordID(high: 0, low: 1), caseID: Self.id, period: .always, hasReason: true, notified: [])
    #expect(try Self.scope([]) { $0.emergencies = [glass] }.cases == [Self.id])
  }

  /// Of the relations of others none is to be read but a lock on their mission.
  @Test func knowsOfLockedMissions() throws {
    let mission = try #require(PartyID("minusma"))
    let scope = try Self.scope([RoleAssignment(.hostState)]) {
      $0.lockdowns = [Lockdown(mission: mission, mode: .sealed), Lockdown(mission: nil, mode: .readOnly)]
    }
    #expect(scope.relations.map(\.description) == ["KEN", "minusma"] && scope.parties.map(\.description) == ["KEN"])
  }
}
