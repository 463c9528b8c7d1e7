import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("The register of assistance")
struct AssistanceTests {
  @Test("a request goes from received to completed, and each step says what it lacks")
  func life() async throws {
    try await ProgressHarness.run { harness in
      let asked = try await harness.ask()
      #expect(asked.state == .requested && asked.nextStates == [.accepted, .declined, .withdrawn])
      let unfounded = try await failure { try await harness.step(asked.name, to: .accepted) }
      #expect(unfounded?.reason == "CONDITIONS_NOT_MET" && unfounded?.conditions.keys.sorted() == ["MANDATE_BASIS"])
      let early = try await failure { try await harness.step(asked.name, to: .completed) }
      #expect(early?.reason == "TRANSITION_NOT_ALLOWED")
      #expect(early?.metadata["allowed"] == "ACCEPTED DECLINED WITHDRAWN")
      #expect(try await failure { try await harness.deliver(asked.name) }?.reason == "TRANSITION_NOT_ALLOWED")

      try await harness.change(.with { ($0.name, $0.mandateBasis) = (asked.name, "S/RES/2589 (2021)") }, [])
      try await harness.step(asked.name, to: .accepted)
      #expect(
        try await failure { try await harness.step(asked.name, to: .inDelivery) }?.conditions.keys.sorted()
          == ["DELIVERY_ON_RECORD", "HUMAN_RIGHTS_CLEARED"])
      let delivery = try await harness.deliver(asked.name)
      #expect(delivery.hostState == "EGY" && delivery.mission == "missions/untso")
      #expect(
        try await failure { try await harness.step(asked.name, to: .inDelivery) }?.conditions.keys.sorted()
          == ["HUMAN_RIGHTS_CLEARED"])
      func report(_ change: (inout PBAssistanceDelivery) -> Void, _ paths: [String]) async throws {
        var request = PBUpdateAssistanceDeliveryRequest.with {
          $0.updateMask.paths = paths
          $0.reason = "test"
          $0.requestID = freshRequestID()
        }
        request.assistanceDelivery.name = delivery.name
        change(&request.assistanceDelivery)
        _ = try await harness.assistance.updateAssistanceDelivery(request, metadata: Person.officer.metadata)
      }
      try await report({ $0.humanRightsAssessment = .cleared }, ["human_rights_assessment"])
      try await harness.step(asked.name, to: .inDelivery)
      #expect(
        try await failure { try await harness.step(asked.name, to: .completed) }?.conditions.keys.sorted()
          == ["RESULTS_ON_RECORD"])
      try await report({ ($0.result, $0.endDate) = ("report", ProgressHarness.day(2021, 6)) }, ["result", "end_date"])
      #expect(try await harness.step(asked.name, to: .completed).state == .completed)
    }
  }

  @Test("what a State asks for alters nothing until another person accepts it")
  func proposal() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let asked = try await harness.ask(as: .prosecutor, for: [name]) { $0.assistanceRequest.document = "" }
      #expect(asked.state == .proposed && asked.etag.isEmpty)
      // Those who may accept it see it, and the State itself; nobody else who reads the register does.
      for person in [Person.officer, .focalPoint, .prosecutor, .colleague] {
        #expect(try await harness.requests(as: person).map(\.name) == [asked.name])
      }
      for person in [Person.counsel, .auditor, .contributor, .union, .council, .stranger, .systemOperator] {
        #expect(try await harness.requests(as: person).isEmpty)
        #expect(try await failure { try await harness.request(asked.name, as: person) }?.code == .notFound)
      }
      #expect(try await failure { try await harness.deliver(asked.name) }?.reason == "TRANSITION_NOT_ALLOWED")
      // The State cannot accept what it asks for, nor take any step but back.
      for state in [PBAssistanceRequest.State.requested, .refused] {
        let refusal = try await failure { try await harness.step(asked.name, to: state, as: .prosecutor) }
        #expect(refusal?.code == .permissionDenied)
      }
      try await harness.step(asked.name, to: .requested, as: .focalPoint)
      for person in [Person.counsel, .auditor, .contributor] {
        #expect(try await harness.requests(as: person).map(\.state) == [.requested])
      }
      #expect(try await harness.step(asked.name, to: .withdrawn, as: .colleague).state == .withdrawn)
    }
  }

  @Test("a State asks for itself, and only where it is a host of the mission")
  func askingRights() async throws {
    try await ProgressHarness.run { harness in
      let others: [Person] = [
        .contributor, .stranger, .union, .council, .systemOperator, .auditor, .counsel, .foreignFocalPoint,
        .foreignCourt,
      ]
      for person in others {
        let refusal = try await harness.refusal(of: person)
        #expect(refusal?.code == .permissionDenied)
      }
      // For another host State, and in a mission that it does not host.
      let other = try await harness.refusal(of: .prosecutor, for: "ISR")
      let elsewhere = try await harness.refusal(of: .prosecutor, in: "missions/minusma")
      #expect(other?.code == .permissionDenied && elsewhere?.code == .permissionDenied)
      let noHost = try await harness.refusal(of: .officer, for: "KEN")
      #expect(noHost?.code == .invalidArgument)
      let kept = try await harness.count("assistance_records")
      #expect(kept == 0)
    }
  }

  @Test("each sees of a delivery what the policy gives it")
  func readers() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let asked = try await harness.accepted()
      let about = try await harness.deliver(asked.name, for: [name])
      let other = try await harness.deliver(asked.name, by: "UNODC")
      func seen(by person: Person) async throws -> [String: PBAssistanceDelivery] {
        let list = try await harness.deliveries(as: person)
        // What a list shows, a look-up shows as well.
        for one in list {
          let found = try await harness.assistance.getAssistanceDelivery(
            .with { $0.name = one.name }, metadata: person.metadata)
          #expect(found == one)
        }
        return Dictionary(uniqueKeysWithValues: list.map { ($0.name, $0) })
      }
      for person in [Person.officer, .focalPoint, .counsel, .auditor, .prosecutor] {
        let found = try await seen(by: person)
        #expect(Set(found.keys) == [about.name, other.name])
        #expect(found[about.name]?.cases == [name] && found[about.name]?.value.units == 12_000)
      }
      // The State that contributed the victim of the case reads what is about the case.
      #expect(try await seen(by: .contributor).keys.sorted() == [about.name])
      // An organization reads what it gives, without the case and the request, which it may not see.
      let own = try #require(try await seen(by: .union)[about.name])
      #expect(try await seen(by: .union).count == 1)
      #expect(own.provider == "AU" && own.cases.isEmpty && own.request.isEmpty && own.etag.isEmpty)
      for person in [Person.foreignFocalPoint, .stranger, .council, .systemOperator, .foreignCourt] {
        #expect(try await seen(by: person).isEmpty)
        let refusal = try await failure {
          try await harness.assistance.getAssistanceDelivery(
            .with { $0.name = other.name }, metadata: person.metadata)
        }
        let nowhere = try await failure {
          try await harness.assistance.getAssistanceDelivery(
            .with { $0.name = "assistanceDeliveries/0190b5a2-7c3e-7abc-8def-0123456789ab" },
            metadata: person.metadata)
        }
        #expect(refusal?.code == .notFound && refusal == nowhere)
      }
    }
  }

  @Test("a reader of briefings has a summary, and cannot filter by what is not in it")
  func summary() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let asked = try await harness.accepted(for: [name])
      try await harness.deliver(asked.name, for: [name])
      let id = name.dropFirst(6)
      try await harness.run(
        """
        INSERT INTO case_relation_records (case_id, party, hat, valid_from, valid_until) \
        VALUES ('\(id)', 'UNSC', 5, '-infinity', 'infinity')
        """)
      let summary = try #require(try await harness.requests(as: .council).first)
      #expect(summary.types == [.forensics] && summary.hostState == "EGY" && summary.state == .accepted)
      #expect(summary.requestDate == ProgressHarness.day(2021, 3))
      #expect(summary.authority.isEmpty && summary.detail.isEmpty && summary.cases.isEmpty && summary.gaps.isEmpty)
      #expect(
        Set(summary.redactions.map(\.field)) == [
          "authority", "gaps", "cases", "request_date", "document", "mandate_basis", "detail",
        ])
      #expect(summary.redactions.allSatisfy { $0.dataClass == .assistance && $0.reason == .summaryOnly })
      #expect(try await harness.requests(as: .council, filter: "case = \"\(name)\"").isEmpty)
      #expect(try await harness.requests(as: .officer, filter: "case = \"\(name)\"").count == 1)
      #expect(try await harness.deliveries(as: .council, filter: "party = AU").isEmpty)
      #expect(try await harness.deliveries(as: .officer, filter: "party = AU").count == 1)
    }
  }

  @Test("what an auditor reads leaves a trace, a record for each")
  func trace() async throws {
    try await ProgressHarness.run { harness in
      let first = try await harness.ask().name
      try await harness.ask()
      let before = try await harness.count("audit_records")
      _ = try await harness.requests(as: .officer)
      #expect(try await harness.count("audit_records") == before)
      _ = try await harness.requests(as: .auditor)
      _ = try await harness.request(first, as: .auditor)
      #expect(try await harness.count("audit_records") == before + 3)
    }
  }

  @Test("rights go with the facts they come from")
  func factsGone() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let asked = try await harness.ask(for: [name])
      #expect(try await harness.requests(as: .contributor).count == 1)
      try await harness.run("UPDATE victims SET withdrawn = true")
      #expect(try await harness.requests(as: .contributor).isEmpty)
      #expect(try await harness.requests(as: .prosecutor).count == 1)
      try await harness.run("DELETE FROM mission_hosts WHERE mission_id = 'untso' AND state = 'EGY'")
      #expect(try await failure { try await harness.request(asked.name, as: .prosecutor) }?.code == .notFound)
    }
  }

  @Test("the database gives a reader no record that its party has nothing to do with")
  func wall() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let asked = try await harness.accepted(for: [name])
      try await harness.deliver(asked.name)
      func rows(_ scope: ReadScope) async throws -> Int64 {
        let (_, counts) = try await harness.pool.execute(
          SetScope(scope: scope), CountRows(table: "assistance_records WHERE ended_at = 'infinity'"))
        return counts[0]
      }
      func scope(_ party: String, hats: Bool = true) throws -> ReadScope {
        var scope = ReadScope(seesAll: false)
        scope.relations = [try #require(PartyID(party))]
        scope.parties = hats ? scope.relations : []
        return scope
      }
      #expect(try await rows(.everything) == 2)
      #expect(try await rows(scope("EGY")) == 2)
      #expect(try await rows(scope("untso")) == 2)
      #expect(try await rows(scope("XAA")) == 1)
      #expect(try await rows(scope("AU", hats: false)) == 1)
      #expect(try await rows(scope("XCC")) == 0)
      #expect(try await rows(ReadScope(seesAll: false)) == 0)
    }
  }

  @Test("every version stays on record, and none can be changed or deleted")
  func versions() async throws {
    try await ProgressHarness.run { harness in
      let asked = try await harness.ask()
      let then = harness.time.now
      harness.advance(5)
      var changed = PBAssistanceRequest.with { ($0.name, $0.detail) = (asked.name, "Autopsies") }
      changed.etag = asked.etag
      try await harness.change(changed, ["detail"])
      #expect(try await failure { try await harness.change(changed, ["detail"]) }?.code == .aborted)
      let request = PBGetAssistanceRequestRequest.with { ($0.name, $0.readTime) = (asked.name, then) }
      let earlier = try await harness.assistance.getAssistanceRequest(request, metadata: Person.officer.metadata)
      #expect(earlier == asked)
      #expect(try await harness.request(asked.name, as: .officer).detail == "Autopsies")
      #expect(try await harness.count("assistance_records") == 2)
      for sql in [
        "DELETE FROM assistance_records", "UPDATE assistance_records SET content = ''",
        "UPDATE assistance_records SET ended_at = 'infinity' WHERE revision = 1",
      ] {
        await #expect(throws: (any Error).self) { try await harness.run(sql) }
      }
      #expect(try await failure { try await harness.change(changed, ["mission"]) }?.reason == "INVALID_FIELD_MASK")
    }
  }

  @Test("a repeated call makes one record, and one that is only tried makes none")
  func repeated() async throws {
    try await ProgressHarness.run { harness in
      let id = freshRequestID()
      let first = try await harness.ask { $0.requestID = id }
      let second = try await harness.ask { $0.requestID = id }
      #expect(first == second)
      let reused = try await failure { try await harness.ask { ($0.requestID, $0.reason) = (id, "other") } }
      #expect(reused?.reason == "REQUEST_ID_REUSED")
      #expect(try await harness.ask { $0.validateOnly = true }.name.isEmpty)
      #expect(try await harness.count("assistance_records") == 1)
    }
  }

  @Test("pages hold each record once, in the order of recording")
  func pages() async throws {
    try await ProgressHarness.run { harness in
      var names: [String] = []
      for _ in 0..<5 { names.append(try await harness.ask().name) }
      for size in [Int32(1), 2, 5] {
        #expect(try await harness.requests(as: .officer, pageSize: size).map(\.name) == names)
      }
      let bad = try await failure { try await harness.requests(as: .officer, filter: "modality = TRAINING") }
      #expect(bad?.reason == "INVALID_FILTER")
    }
  }

  /// What a request for assistance cannot be.
  static let badRequests: [(String, @Sendable (inout PBAssistanceRequest) -> Void)] = [
    ("authority", { $0.authority = "" }), ("authority", { $0.authority = "a\u{0}b" }),
    ("types", { $0.types = [] }), ("types", { $0.types = [.UNRECOGNIZED(77)] }),
    ("gaps", { $0.gaps = Array(repeating: "x", count: 21) }), ("gaps", { $0.gaps = [""] }),
    ("request_date", { $0.clearRequestDate() }), ("request_date", { $0.requestDate = ProgressHarness.day(2999) }),
    ("document", { $0.document = "" }), ("detail", { $0.detail = String(repeating: "x", count: 2001) }),
    ("host_state", { $0.hostState = "egy" }), ("mission", { $0.mission = "untso" }),
    ("cases", { $0.cases = ["cases/1"] }),
  ]

  @Test("what cannot be is refused by the name of its field", arguments: badRequests.indices)
  func badFields(_ index: Int) async throws {
    try await ProgressHarness.run { harness in
      let (field, change) = Self.badRequests[index]
      let refusal = try await harness.refusal(of: change)
      #expect(refusal?.code == .invalidArgument)
      #expect(refusal?.message.hasPrefix("assistance_request.\(field)") == true)
    }
  }

  @Test("a case that the caller may not see cannot be linked")
  func foreignCase() async throws {
    try await ProgressHarness.run { harness in
      let nowhere = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
      let unknown = try await failure { try await harness.ask(for: [nowhere]) }
      #expect(unknown?.code == .notFound)
      let draft = try await harness.draft().name
      let hidden = try await failure { try await harness.ask(as: .prosecutor, for: [draft]) }
      #expect(hidden?.code == .notFound)
    }
  }
}
