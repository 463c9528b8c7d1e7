import AIP
import Policy
import Testing
import VigilAccessAPI

@testable import AccessControlServer

@Suite("Where a grant may go")
struct PermitTests {
  private typealias State = Permit.State

  /// Every state and every step: 4 × 4.
  private static let table: [State: [Permit.Step: State]] = [
    .requested: [.approve: .approved, .refuse: .refused, .revoke: .revoked, .recordConditions: .requested],
    .approved: [.revoke: .revoked, .recordConditions: .approved],
    .refused: [:],
    .revoked: [:],
  ]

  @Test func everyStateAllowsThisAndNoMore() {
    for state in State.allCases {
      for step in Permit.Step.allCases {
        #expect(state.after(step) == Self.table[state]?[step], "\(state) \(step)")
      }
    }
  }

  @Test func statesAreTheContracts() {
    #expect(PBGrant.State.allCases.count == State.allCases.count + 1)
    for state in State.allCases {
      #expect(PBGrant.State(rawValue: Int(state.rawValue)).map { "\($0)" } == "\(state)")
      #expect(state.code == "STATE_\(state)".uppercased())
    }
  }

  @Test func aStepChecksTheEtag() throws {
    var permit = try Self.permit()
    let etag = Etag(revision: 1).description
    #expect(throws: ServiceError.self) { try permit.take(.approve, etag: "\"2\"") }
    #expect(permit.state == .requested && permit.revision == 1)
    try permit.take(.approve, etag: etag)
    #expect(permit.state == .approved && permit.revision == 2)
    #expect(throws: ServiceError.self) { try permit.take(.approve, etag: "") }
    try permit.take(.revoke, etag: "")
    #expect(permit.grant(approver: RecordID(high: 1, low: 1)).isRevoked)
  }

  private static func permit() throws -> Permit {
    let id = RecordID(high: 0, low: 1)
    return Permit(
      id: id, caseID: id, classes: [.exact], purpose: .investigation, grantee: try #require(PartyID("KEN")),
      legalBasis: "x", conditions: [], lifts: [], allowsOnwardSharing: false,
      period: Period(from: PolicyTime(microseconds: 0), until: PolicyTime(microseconds: 9)), requester: id,
      createTime: PolicyTime(microseconds: 0))
  }
}
