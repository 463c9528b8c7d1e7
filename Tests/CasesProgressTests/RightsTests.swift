import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("Who sees what of what becomes of a case")
struct RightsTests {
  @Test("a suspect has a name for the court's State, and one of its own for each of the others")
  func suspects() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let suspect = try await harness.suspect(of: name, "Alpha")
      let court = try await harness.proceeding(of: name, .thirdState, of: "XBB")
      func seen(by person: Person) async throws -> PBSuspect? {
        try await harness.progress.listSuspects(.with { $0.parent = name }, metadata: person.metadata).suspects.first
      }
      for person in [Person.officer, .focalPoint, .prosecutor] {
        #expect(try await seen(by: person)?.alias == "Alpha")
      }
      // The auditor reads by grant only; a court's State what comes before its courts.
      for person in [Person.auditor, .foreignCourt] {
        let withheld = try #require(try await seen(by: person))
        #expect(withheld.alias.isEmpty && withheld.status == .unspecified && withheld.affiliation.isEmpty)
        #expect(Set(withheld.redactions.map(\.field)) == ["alias", "affiliation", "status", "create_time"])
        #expect(withheld.redactions.allSatisfy { $0.dataClass == .suspectIdentity })
      }
      let stand = try #require(try await seen(by: .contributor))
      #expect(stand.alias.hasPrefix("P-") && stand.affiliation.isEmpty && stand.status == .identified)
      #expect(stand.redactions.map(\.transform).allSatisfy { $0 == .pseudonym })
      #expect(try await seen(by: .contributor) == stand)
      _ = try await harness.track(of: name, proceeding: court.name, suspect: suspect.name)
      #expect(try await seen(by: .foreignCourt)?.alias == "Alpha")
    }
  }

  @Test("a State reads its own communications, knows of others', and a contributor has summaries")
  func communications() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      try await harness.communication(of: name, .outgoing, .notification)
      try await harness.communication(of: name, .outgoing, .notification, with: "XAA")
      func seen(by person: Person) async throws -> [PBCommunication] {
        let request = PBListCommunicationsRequest.with { $0.parent = name }
        return try await harness.progress.listCommunications(request, metadata: person.metadata).communications
      }
      #expect(try await seen(by: .officer).map(\.symbol) == ["NV/12", "NV/12"])
      let host = try await seen(by: .prosecutor)
      #expect(host.map(\.symbol) == ["NV/12", ""] && host.map(\.party) == ["EGY", ""])
      #expect(host[0].redactions.isEmpty && host[1].redactions.contains { $0.reason == .ownRecordsOnly })
      let summaries = try await seen(by: .contributor)
      #expect(summaries.map(\.party) == ["EGY", "XAA"])
      #expect(summaries.allSatisfy { $0.subject.isEmpty && $0.sentDate == ProgressHarness.day(2020, 5) })
      // The timeline shows no more than the lists.
      for person in [Person.officer, .prosecutor, .contributor] {
        let entries = try await harness.timeline(of: name, as: person).compactMap { entry in
          if case .communication(let shown)? = entry.event { shown } else { nil }
        }
        #expect(try await seen(by: person) == entries)
      }
    }
  }

  @Test("a State whose courts take the case sees it from then on")
  func forum() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let before = try await failure { try await harness.progress(of: name, as: .foreignCourt) }
      #expect(before?.code == .notFound)
      try await harness.proceeding(of: name, .thirdState, of: "XBB")
      #expect(try await harness.progress(of: name, as: .foreignCourt).current == .reported)
      #expect(try await failure { try await harness.progress(of: name, as: .stranger) } == before)
    }
  }

  @Test("a case that is not to be seen answers every call as one that is not there")
  func unknownAndForbidden() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proceeding = try await harness.proceeding(of: name)
      let track = try await harness.track(of: name, proceeding: proceeding.name)
      let suspect = try await harness.suspect(of: name)
      let closure = try await harness.close(name, .enteredInError).name
      let lowering = try await harness.classify(name, .unclassified).name
      let proposal = try await harness.propose(name) {
        $0.suspect.alias = "Alpha"
        $0.suspect.status = .identified
      }
      let nowhere = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
      let stranger = Person.stranger.metadata

      func answers(_ name: String) async throws -> [Failure?] {
        func of(_ part: String) -> String { name + part.dropFirst(nowhere.utf8.count) }
        let calls: [() async throws -> any Sendable] = [
          { try await harness.lifecycle(of: name, as: .stranger) },
          { try await harness.transition(name, to: .dormant, as: .stranger) },
          { try await harness.close(name, .notCriminal, as: .stranger) },
          { try await harness.confirm(of(closure), as: .stranger) },
          { try await harness.lifecycle.listClosures(.with { $0.parent = name }, metadata: stranger) },
          { try await harness.classify(name, .unclassified, as: .stranger) },
          { try await harness.decide(.confirmed, of(lowering), as: .stranger) },
          { try await harness.decide(.refused, of(lowering), as: .stranger) },
          { try await harness.lifecycle.listRegradings(.with { $0.parent = name }, metadata: stranger) },
          { try await harness.lifecycle.listCaseTransitions(.with { $0.parent = name }, metadata: stranger) },
          { try await harness.progress(of: name, as: .stranger) },
          { try await harness.timeline(of: name, as: .stranger) },
          { try await harness.progress.listProceedings(.with { $0.parent = name }, metadata: stranger) },
          { try await harness.progress.listSuspects(.with { $0.parent = name }, metadata: stranger) },
          { try await harness.progress.listCommunications(.with { $0.parent = name }, metadata: stranger) },
          { try await harness.progress.listProposals(.with { $0.parent = name }, metadata: stranger) },
          {
            try await harness.progress.listProceedingFacts(
              .with { $0.parent = of(proceeding.name) }, metadata: stranger)
          },
          { try await harness.assertions(of: of(track.name), as: .stranger) },
          { try await harness.proceeding(of: name, as: .stranger) },
          { try await harness.suspect(of: name, as: .stranger) },
          { try await harness.fact(of: of(proceeding.name), .charge, as: .stranger) },
          { try await harness.track(of: name, suspect: of(suspect.name), as: .stranger) },
          { try await harness.assert(.trial, of: of(track.name), as: .stranger) },
          { try await harness.communication(of: name, .incoming, .update, as: .stranger) },
          { try await harness.propose(name, as: .stranger) { $0.suspect.alias = "x" } },
          { try await harness.accept(of(proposal.name), as: .stranger) },
        ]
        var answers: [Failure?] = []
        for call in calls { answers.append(try await failure(call)) }
        return answers
      }
      let forbidden = try await answers(name)
      #expect(forbidden.allSatisfy { $0?.code == .notFound })
      #expect(forbidden == (try await answers(nowhere)))
    }
  }

  @Test("PostgreSQL gives nobody a row of what becomes of a case that it has nothing to do with")
  func wall() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proceeding = try await harness.proceeding(of: name)
      let track = try await harness.track(of: name, proceeding: proceeding.name)
      try await harness.fact(of: proceeding.name, .charge)
      try await harness.suspect(of: name)
      try await harness.communication(of: name, .outgoing, .notification)
      try await harness.assert(.acknowledged, of: track.name)
      _ = try await harness.close(name, .enteredInError)
      _ = try await harness.classify(name, .unclassified)
      _ = try await harness.propose(name) {
        $0.suspect.alias = "Alpha"
        $0.suspect.status = .identified
      }
      for table in [
        "communications", "proceedings", "proceeding_facts", "suspects", "tracks", "stage_assertions", "case_proposals",
        "case_closures", "case_transitions", "case_regradings",
      ] {
        func count(for party: String) async throws -> Int64 {
          var scope = ReadScope(seesAll: false)
          scope.parties = [try #require(PartyID(party))]
          scope.relations = scope.parties
          return try await harness.pool.execute(SetScope(scope: scope), CountRows(table: table)).1[0]
        }
        #expect(try await count(for: "XCC") == 0, "\(table)")
        #expect(try await count(for: "EGY") > 0, "\(table)")
        let unscoped = try await harness.pool.execute(CountRows(table: table))[0]
        #expect(unscoped == 0, "\(table)")
      }
    }
  }

  @Test("nobody without an identity, and nobody who is not enrolled, is answered")
  func nobody() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let request = PBGetCaseProgressRequest.with { $0.name = name + "/progress" }
      let anonymous = try await failure { try await harness.progress.getCaseProgress(request) }
      #expect(anonymous?.code == .unauthenticated)
      let unknown: Metadata = ["test-caller": "spiffe://vigil.local/client/nobody"]
      let unenrolled = try await failure { try await harness.progress.getCaseProgress(request, metadata: unknown) }
      #expect(unenrolled?.code == .permissionDenied)
      harness.time.advance(60)
      let stale = try await failure { try await harness.progress(of: name) }
      #expect(stale?.code == .unavailable && stale?.reason == "POLICY_UNAVAILABLE")
    }
  }
}
