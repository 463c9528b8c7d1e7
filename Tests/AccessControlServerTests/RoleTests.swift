import AIP
import Policy
import Testing

@testable import AccessControlServer

@Suite("Which roles stand beside which")
struct RoleTests {
  private static func role(
    _ reader: ReaderClass, scope: String? = nil, _ from: Int64 = 0, _ until: Int64 = 100
  ) -> Role {
    let period = Period(from: PolicyTime(microseconds: from), until: PolicyTime(microseconds: until))
    let id = RecordID(high: 1, low: 2)
    return Role(
      id: id, principal: id, reader: reader, scope: scope.flatMap { PartyID($0) }, period: period,
      createTime: PolicyTime(microseconds: 0))
  }

  private func refusal(_ role: Role, in kind: Organisation.Kind, beside others: [Role] = []) -> RoleRefusal? {
    role.refusal(in: kind, beside: others, exclusive: [.auditor, .systemOperator])
  }

  /// Every kind of organisation and every role: 6 × 13 cells, by the codes of those that it may hold.
  @Test func everyKindHasItsRoles() {
    let expected: [Organisation.Kind: String] = [
      .state: "HST TPC NAT TRD SCM",
      .mission: "MFP",
      .secretariat: "HQ LEG DSS MFP SFP",
      .regional: "REG",
      .auditor: "AUD",
      .operator: "ADM",
    ]
    for kind in Organisation.Kind.allCases {
      let allowed = ReaderClass.allCases.filter { reader in
        let scope = reader == .missionFocalPoint && kind != .mission ? "minusma" : nil
        return refusal(Self.role(reader, scope: scope), in: kind) == nil
      }
      #expect(ReaderSet(allowed).description == expected[kind], "\(kind)")
    }
  }

  @Test func aFocalPointIsOneOfAMission() {
    #expect(refusal(Self.role(.missionFocalPoint), in: .secretariat) == .misplaced)
    #expect(refusal(Self.role(.missionFocalPoint, scope: "minusma"), in: .secretariat) == nil)
    #expect(refusal(Self.role(.missionFocalPoint), in: .mission) == nil)
    #expect(refusal(Self.role(.missionFocalPoint, scope: "unifil"), in: .mission) == .misplaced)
    #expect(refusal(Self.role(.headquarters, scope: "minusma"), in: .secretariat) == .misplaced)
  }

  @Test func aRoleIsHeldOnceAtATime() {
    let held = [Self.role(.headquarters, 10, 20)]
    #expect(refusal(Self.role(.headquarters, 0, 10), in: .secretariat, beside: held) == nil)
    #expect(refusal(Self.role(.headquarters, 20, 30), in: .secretariat, beside: held) == nil)
    #expect(refusal(Self.role(.headquarters, 19, 30), in: .secretariat, beside: held) == .held)
    #expect(refusal(Self.role(.legal, 10, 20), in: .secretariat, beside: held) == nil)
    let focal = [Self.role(.missionFocalPoint, scope: "minusma")]
    #expect(refusal(Self.role(.missionFocalPoint, scope: "unifil"), in: .secretariat, beside: focal) == nil)
    #expect(refusal(Self.role(.missionFocalPoint, scope: "minusma"), in: .secretariat, beside: focal) == .held)
  }

  /// Separation of duties holds at every moment, whichever of the two came first.
  @Test func anExclusiveRoleStandsAlone() {
    let operating = [Self.role(.systemOperator, 10, 20)]
    #expect(refusal(Self.role(.legal, 15, 16), in: .secretariat, beside: operating) == .exclusive(.systemOperator))
    #expect(refusal(Self.role(.legal, 20, 30), in: .secretariat, beside: operating) == nil)
    let reading = [Self.role(.legal, 10, 20)]
    #expect(refusal(Self.role(.systemOperator, 0, 11), in: .operator, beside: reading) == .exclusive(.systemOperator))
    #expect(refusal(Self.role(.auditor, 0, 10), in: .auditor, beside: reading) == nil)
  }
}
