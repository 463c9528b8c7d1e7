import AIP
import Authorization
import GRPCCore
import Policy
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("What is held back")
struct EmbargoTests {
  /// 5h, invariant 4.
  @Test func aVictimWhoseKinAreNotToldIsInNobodysCountButHeadquarters() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.publication2025())
      let filter = "mission = MINUSMA AND incident_date = 2016-05-18"
      let name = try #require(try await harness.allCases(filter).first).name
      let before = try await harness.getCase(name)
      try await harness.run(
        "UPDATE victims SET is_embargoed = true WHERE casualty_id = '\(before.victims[3].casualtyID)'")
      #expect(try await harness.getCase(name) == before)
      for client in ["legal", "safety", "senior", "mli", "tcd", "minusma"] {
        let seen = try await harness.getCase(name, as: client)
        #expect(seen.victimCount == before.victimCount - 1, "\(client)")
        // Those who deal with the victim's family see it.
        let isKnown = ["legal", "minusma"].contains(client)
        #expect(seen.victims.count == before.victims.count - (isKnown ? 0 : 1), "\(client)")
        let listed = try await harness.allCases(filter, pageSize: 100, view: .full, as: client)
        #expect(listed == [seen], "\(client)")
        let count = "\(filter) AND victim_count = \(before.victimCount)"
        #expect(try await harness.allCases(count, as: client).isEmpty, "\(client)")
      }
      #expect(try await harness.allCases("\(filter) AND victim_count = \(before.victimCount)").count == 1)
    }
  }

  /// A victim that alone makes a State a contributor gives it the case, and not yet the victim.
  @Test func nothingTellsOfTheVictim() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(2).utf8))
      let name = try #require(try await harness.allCases(orderBy: "incident_date").first).name
      let whole = try await harness.getCase(name, as: "xaa")
      try await harness.run("UPDATE victims SET is_embargoed = true; UPDATE cases SET revision = 9")
      let seen = try await harness.getCase(name, as: "xaa")
      var expected = whole
      expected.victims = []
      expected.victimCount = 0
      #expect(seen == expected)
      #expect(try await harness.allCases("nationality = XAA", as: "xaa").isEmpty)
      #expect(try await harness.allCases("nationality != XAA", as: "xaa").count == 2)
    }
  }

  /// An embargo of access control's is on as soon as the policy comes that has it, and off as soon as it has it not.
  @Test func embargoesOnCasesComeWithThePolicy() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(2).utf8))
      let name = try #require(try await harness.allCases(orderBy: "incident_date").first).name
      let before = try await harness.allCases(pageSize: 100, view: .full, as: "xaa")
      let id = try CaseName(parsing: name).id
      try harness.change { $0.holds = [CaseHold(caseID: id, embargo: Embargo(.nextOfKin))] }
      let held = try await harness.getCase(name, as: "xaa")
      #expect(held.victims.isEmpty && held.victimCount == 0)
      #expect(try await harness.allCases(orderBy: "incident_date", pageSize: 100, view: .full, as: "xaa").first == held)
      #expect(try await harness.allCases("victim_count = 1", as: "xaa").count == 1)
      #expect(try await harness.getCase(name).victims.count == 1)
      try harness.change { $0.holds = [] }
      #expect(try await harness.allCases(pageSize: 100, view: .full, as: "xaa") == before)
    }
  }

  @Test func aSealedMissionIsThereForHeadquartersOnly() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Array(Files.exercise(2).utf8))
      let name = try #require(try await harness.allCases().first).name
      let mission = try #require(PartyID("untso"))
      try harness.change { $0.lockdowns = [Lockdown(mission: mission, mode: .sealed)] }
      for client in ["xaa", "senior", "safety"] {
        #expect(try await harness.allCases(as: client).isEmpty, "\(client)")
        let gone = try await failure { try await harness.getCase(name, as: client) }
        #expect(gone?.code == .notFound, "\(client)")
      }
      #expect(try await harness.allCases().count == 2)
    }
  }

  /// 5h, invariant 3, by the facts of the register: a host that is implicated and whose local staff was the victim.
  @Test func anImplicatedHostSeesNoWitnessWithoutTheLegalOffice() async throws {
    try await CasesHarness.run { harness in
      let row = Files.exercise(1).replacing("Military,Malicious Act,,XAA", with: "Local,Malicious Act,,EGY")
        .replacing("Xandria", with: "Egypt")
      _ = try await harness.importFile(Array(row.utf8))
      try await harness.run(
        """
        INSERT INTO case_relation_records (case_id, party, hat, valid_from, valid_until)
        SELECT id, 'EGY', 6, '-infinity', 'infinity' FROM cases
        """)
      let id = try CaseName(parsing: try #require(try await harness.allCases().first).name).id
      let facts = try #require(try await CaseStore(pool: harness.pool).facts(of: [id]).first)
      let egypt = try #require(PartyID("EGY"))
      #expect(Set(facts.hats.filter { $0.party == egypt }.map(\.kind)) == [.host, .nationality, .implicated])
      try harness.change { snapshot in
        snapshot.principals.append(
          try Enrolled.enrolment("egy", "EGY", Enrolled.stateRoles, .strictlyConfidential))
      }
      func witness(cleared: Bool) throws -> Transform {
        let current = try harness.authorizer.current()
        let subject = try #require(
          current.subject(certificate: Enrolled.uri("egy"), at: Enrolled.now))
        let grant = Grant(
          id: Enrolled.id(of: "grant"), caseID: id, classes: .all, purpose: .prosecution, grantee: egypt,
          period: .always, requester: Enrolled.id(of: "a"), approver: Enrolled.id(of: "b"), lifts: .all,
          isClearedByLegal: cleared)
        let context = AccessContext(
          subject: subject, purpose: .prosecution, environment: Environment(now: Enrolled.now, grants: [grant]))
        return current.evaluator.decide(AccessRequest(context, resource: facts)).disposition(.witness).transform
      }
      #expect(try witness(cleared: false) == .absent && witness(cleared: true) == .absent)
      // It sees the case, as the host that it is.
      #expect(try await harness.allCases(as: "egy").count == 1)
    }
  }
}
