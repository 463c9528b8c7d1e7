import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("A State's request for data, step by step")
struct SharingTests {
  private static func missing(_ body: () async throws -> some Any) async throws -> [String] {
    let refusal = try await failure(body)
    #expect(refusal == nil || refusal?.reason == "CONDITIONS_NOT_MET", "\(String(describing: refusal))")
    return refusal?.conditions.keys.sorted() ?? []
  }

  @Test("each step names what it lacks, and takes who may take it")
  func steps() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let asked = try await harness.ask([.core, .suspectIdentity], of: name)
      #expect(asked.state == .received && asked.party == "EGY" && asked.nextStates == [.withdrawn])
      let it = asked.name
      #expect(
        try await failure { try await harness.move(it, to: .legalReview, as: .prosecutor) }?.code == .permissionDenied)
      #expect(
        try await failure { try await harness.move(it, to: .legalReview, as: .focalPoint) }?.code == .permissionDenied)
      let early = try await failure { try await harness.move(it, to: .approved) }
      #expect(
        early?.reason == "TRANSITION_NOT_ALLOWED" && early?.metadata["allowed"] == "LEGAL_REVIEW REFUSED WITHDRAWN")
      try await harness.move(it, to: .legalReview)
      #expect(
        try await Self.missing { try await harness.move(it, to: .safeguards) } == ["IMMUNITY_SETTLED", "LEGAL_OFFICER"])
      let pending = ProgressHarness.safeguard(.immunityWaiver, .pending)
      #expect(try await Self.missing { try await harness.record([pending], of: it) } == ["LEGAL_OFFICER"])
      try await harness.move(it, to: .waiverPending, as: .counsel) { $0.safeguards = [pending] }
      #expect(
        try await Self.missing { try await harness.move(it, to: .safeguards, as: .counsel) } == ["IMMUNITY_SETTLED"])
      try await harness.move(it, to: .safeguards, as: .counsel) {
        $0.safeguards = [ProgressHarness.safeguard(.immunityWaiver, .satisfied)]
      }
      #expect(
        try await Self.missing { try await harness.move(it, to: .approved, as: .counsel) }
          == ["DEATH_PENALTY_ASSURANCE", "EXPIRY", "RISK_ASSESSMENT", "SECOND_PERSON"])
      try await harness.record([ProgressHarness.safeguard(.riskAssessment, .satisfied)], of: it)
      try await harness.record([ProgressHarness.safeguard(.deathPenaltyAssurance, .satisfied)], of: it)
      let tooMuch = try await failure {
        try await harness.move(it, to: .approved) { $0.approvedClasses = [.core, .exact] }
      }
      #expect(tooMuch?.code == .invalidArgument)
      let approved = try await harness.move(it, to: .approved) {
        ($0.approvedClasses, $0.conditions) = ([.core], ["Not to be passed on"])
        $0.expireTime = harness.time.now
        $0.expireTime.seconds += 60
      }
      #expect(approved.approvedClasses == [.core] && approved.approver.hasPrefix("principals/"))
      // The State is told what it may have, and not what the lawyers said, nor who decided.
      let seen = try await harness.sharingRequest(it, as: .prosecutor)
      #expect(seen.state == .approved && seen.conditions == ["Not to be passed on"])
      #expect(seen.safeguards.isEmpty && seen.approver.isEmpty && approved.safeguards.count == 4)
      for state in [PBSharingRequest.State.packaged, .expired] {
        #expect(try await !Self.missing { try await harness.move(it, to: state) }.isEmpty)
      }
      // What was said since the approval counts.
      try await harness.record([ProgressHarness.safeguard(.riskAssessment, .pending)], of: it)
      #expect(try await Self.missing { try await harness.makePackage(it) } == ["RISK_ASSESSMENT"])
      // Its time runs out by itself.
      harness.advance(60)
      #expect(try await harness.sharingRequest(it, as: .prosecutor).state == .expired)
      #expect(try await failure { try await harness.makePackage(it) }?.reason == "TRANSITION_NOT_ALLOWED")
      let listed = PBListSharingRequestsRequest.with { $0.filter = "state = EXPIRED AND party = EGY" }
      let found = try await harness.sharing.listSharingRequests(listed, metadata: Person.officer.metadata)
      #expect(found.sharingRequests.map(\.name) == [it])
    }
  }

  @Test("is known to the State that asked and to those who read privileged advice, and to nobody else")
  func confidential() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let it = try await harness.ask([.core], of: name).name
      let readers: Set<Person> = [.officer, .secondOfficer, .counsel, .focalPoint, .prosecutor, .colleague]
      for person in Person.allCases {
        let refusal = try await failure { try await harness.sharingRequest(it, as: person) }
        #expect(readers.contains(person) ? refusal == nil : refusal?.code == .notFound, "\(person)")
        let list = try await harness.sharing.listSharingRequests(.init(), metadata: person.metadata).sharingRequests
        #expect(list.map(\.name) == (readers.contains(person) ? [it] : []), "\(person)")
        let withdrawn = try await failure { try await harness.move(it, to: .receiptConfirmed, as: person) }
        #expect(readers.contains(person) || withdrawn?.code == .notFound, "\(person)")
      }
    }
  }

  @Test("comes from a State that has to do with the case, for itself")
  func asking() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      for person in [Person.officer, .counsel, .focalPoint, .auditor] {
        #expect(try await failure { try await harness.ask([.core], of: name, as: person) }?.code == .permissionDenied)
      }
      for (person, asked) in [(Person.stranger, name), (.contributor, "cases/0190b5a2-7c3e-7abc-8def-0123456789ab")] {
        #expect(try await failure { try await harness.ask([.core], of: asked, as: person) }?.code == .notFound)
      }
      for classes in [[], [.core, .core], [.witness], [.unspecified]] as [[PBDataClass]] {
        #expect(try await failure { try await harness.ask(classes, of: name) }?.code == .invalidArgument)
      }
      // Who asked does not answer, refusal tells why, and what is withdrawn is over.
      let it = try await harness.ask([.core], of: name, as: .contributor).name
      #expect(try await Self.missing { try await harness.move(it, to: .refused) } == ["ANSWER"])
      #expect(try await Self.missing { try await harness.move(it, to: .withdrawn) } == ["ORIGINATOR"])
      let refused = try await harness.move(it, to: .refused) { $0.answer = "No legal basis" }
      #expect(refused.answer == "No legal basis" && refused.nextStates.isEmpty)
      let other = try await harness.ask([.core], of: name, as: .contributor).name
      #expect(try await harness.move(other, to: .withdrawn, as: .contributor).state == .withdrawn)
    }
  }
}
