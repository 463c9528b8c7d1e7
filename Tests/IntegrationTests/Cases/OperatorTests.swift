import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

/// Invariant 17 of the policy paper, at the service: who runs the system reads nothing that is in it.
@Suite("An operator")
struct OperatorTests {
  /// Everything that opens cases to somebody, given to the operator: another role, a grant of all classes that lifts all
  /// caveats, a delegation, emergency access.
  private static func give(_ id: RecordID, _ purpose: Purpose, to snapshot: inout PolicySnapshot) throws {
    let (principal, party) = (Enrolled.id(of: "operator"), try #require(PartyID("OICT")))
    var enrolment = try Enrolled.enrolment(
      "operator", "OICT", [.systemOperator, .headquarters, .hostState], .strictlyConfidential)
    enrolment.subject.delegations = [
      Delegation(
        from: Enrolled.id(of: "minusma"), to: principal, party: try #require(PartyID("minusma")), readers: .all,
        delegatorRoles: [RoleAssignment(.missionFocalPoint)], period: .always)
    ]
    snapshot.principals.removeAll { $0.credential == enrolment.credential }
    snapshot.principals.append(enrolment)
    let (requester, approver) = (Enrolled.id(of: "a"), Enrolled.id(of: "b"))
    snapshot.grants = [
      Grant(
        id: Enrolled.id(of: "grant"), caseID: id, classes: .all, purpose: purpose, grantee: party, period: .always,
        requester: requester, approver: approver, lifts: .all, isClearedByLegal: true)
    ]
    let hour = Period(from: Enrolled.now, until: Enrolled.now.advanced(bySeconds: 3600))
    snapshot.emergencies = [
      BreakGlass(
        principal: principal, caseID: id, period: hour, hasReason: true, notified: [requester, approver])
    ]
  }

  @Test("reads no case, whatever it is given", arguments: Purpose.allCases) func readsNothing(purpose: Purpose)
    async throws
  {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(2).utf8))
      let name = try #require(try await harness.allCases().first).name
      let id = try CaseName(parsing: name).id
      try harness.change { try Self.give(id, purpose, to: &$0) }
      let metadata = caller("operator", for: purpose)
      for view in [PBCaseView.basic, .full] {
        let list = try await harness.cases.listCases(.with { $0.view = view }, metadata: metadata)
        #expect(list.cases.isEmpty && list.nextPageToken.isEmpty)
      }
      let refused = try await failure { try await harness.cases.getCase(.with { $0.name = name }, metadata: metadata) }
      #expect(refused?.code == .notFound)
      let messages = CasesHarness.messages(.init(), Array(Files.exercise(1).utf8))
      let write = try await failure {
        try await harness.imports.importUNFatalities(metadata: metadata) { writer in
          for message in messages { try await writer.write(message) }
        }
      }
      #expect(write?.code == .permissionDenied)
      // The same, to another, opens it.
      try harness.change { $0.principals[$0.principals.count - 1].subject.roles.removeFirst() }
      let opened = try await harness.cases.getCase(.with { $0.name = name }, metadata: metadata)
      #expect(opened.name == name)
    }
  }
}
