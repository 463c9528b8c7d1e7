import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("How cases are handled, over the wire")
struct LifecycleTests {
  @Test("a draft is numbered, and no State stands in any relation to it until it is put up for triage")
  func draft() async throws {
    try await ProgressHarness.run { harness in
      let first = try await harness.draft()
      let second = try await harness.draft(as: .focalPoint)
      #expect(first.displayNumber == "UNTSO-2020-001" && second.displayNumber == "UNTSO-2020-002")
      #expect(first.state == .draft && first.hostStates.contains("EGY"))
      for person in [Person.prosecutor, .stranger, .foreignFocalPoint] {
        #expect(try await failure { try await harness.lifecycle(of: first.name, as: person) }?.code == .notFound)
      }
      #expect(try await harness.lifecycle(of: first.name, as: .focalPoint).state == .draft)
      let triage = try await harness.transition(first.name, to: .triage)
      #expect(triage.state == .triage && triage.nextStates == [.open, .outOfScope, .merged, .enteredInError])
      #expect(try await harness.lifecycle(of: first.name, as: .prosecutor).state == .triage)
      #expect(try await failure { try await harness.lifecycle(of: first.name, as: .stranger) }?.code == .notFound)
      #expect(try await failure { try await harness.lifecycle(of: second.name, as: .prosecutor) }?.code == .notFound)
    }
  }

  @Test("who may not write cases of the mission makes none")
  func creators() async throws {
    try await ProgressHarness.run { harness in
      for person in [Person.prosecutor, .contributor, .auditor, .foreignFocalPoint] {
        let refusal = try await failure { try await harness.draft(as: person) }
        #expect(refusal?.code == .permissionDenied)
      }
      let made = try await harness.count("cases")
      #expect(made == 0)
    }
  }

  /// What a case cannot be made of, with the field that is at fault.
  static let impossible: [(String, @Sendable (inout PBCreateCaseRequest) -> Void)] = [
    ("case.incident_date", { $0.case.incidentDate = ProgressHarness.day(1948, 5, 28) }),
    ("case.incident_date", { $0.case.incidentDate = ProgressHarness.day(2023, 11, 15) }),
    ("case.incident_date", { $0.case.incidentDate = ProgressHarness.day(2020, 2, 30) }),
    ("case.incident_date", { $0.case.clearIncidentDate() }),
    ("case.incident_end_date", { $0.case.incidentEndDate = ProgressHarness.day(2020, 5, 9) }),
    ("case.act", { $0.case.act = .unspecified }),
    ("case.act", { $0.case.act = .UNRECOGNIZED(99) }),
    ("case.mission", { $0.case.mission = "UNTSO" }),
    ("reason", { $0.reason = "" }),
    ("reason", { $0.reason = "a\u{0}b" }),
    ("request_id", { $0.requestID = "" }),
  ]

  @Test("impossible cases are refused with the field that is at fault")
  func impossibleCases() async throws {
    try await ProgressHarness.run { harness in
      for (field, change) in Self.impossible {
        let refusal = try await failure { try await harness.draft(change) }
        #expect(refusal?.code == .invalidArgument && refusal?.message.hasPrefix(field) == true, "\(field)")
      }
      let unknown = try await failure { try await harness.draft { $0.case.mission = "missions/nowhere" } }
      #expect(unknown?.code == .notFound)
      #expect(try await harness.count("cases") == 0)
    }
  }

  @Test("a step that cannot follow says what can, and a closing that it takes two")
  func refusedSteps() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.draft().name
      let early = try await failure { try await harness.transition(name, to: .open) }
      #expect(early?.code == .failedPrecondition && early?.reason == "TRANSITION_NOT_ALLOWED")
      #expect(early?.metadata == ["after": "DRAFT", "allowed": "TRIAGE"])
      _ = try await harness.transition(name, to: .triage)
      _ = try await harness.transition(name, to: .open)
      let alone = try await failure { try await harness.transition(name, to: .closed) }
      #expect(alone?.reason == "CONDITIONS_NOT_MET")
      #expect(alone?.conditions["SECOND_PERSON"] == LifecycleCondition.secondPerson.remedy)
      #expect(alone?.conditions["OUTCOME"] != nil)
      let merged = try await failure { try await harness.transition(name, to: .merged) }
      #expect(merged?.metadata == ["conditions": "SURVIVING_CASE"])
      for person in [Person.prosecutor, .auditor] {
        let denied = try await failure { try await harness.transition(name, to: .dormant, as: person) }
        #expect(denied?.code == .permissionDenied)
      }
      #expect(try await harness.lifecycle(of: name).state == .open)
    }
  }

  @Test("a case is closed by two persons, opened again with a reason, and every step is on record")
  func closing() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let closure = try await harness.close(name, .adminClosedUnresolved)
      #expect(closure.state == .proposed && !closure.proposer.isEmpty)
      #expect(try await harness.lifecycle(of: name).pendingClosure == closure.name)
      #expect(try await harness.lifecycle(of: name, as: .prosecutor).pendingClosure.isEmpty)
      #expect(
        try await failure { try await harness.close(name, .notCriminal, document: "x") }?.reason == "RESOURCE_EXISTS")

      let own = try await failure { try await harness.confirm(closure.name, as: .officer) }
      #expect(own?.reason == "CONDITIONS_NOT_MET" && own?.metadata == ["conditions": "SECOND_PERSON"])
      let host = try await failure { try await harness.confirm(closure.name, as: .prosecutor) }
      #expect(host?.code == .permissionDenied)
      #expect(try await harness.lifecycle(of: name).state == .open)

      #expect(try await harness.confirm(closure.name).state == .confirmed)
      let closed = try await harness.lifecycle(of: name)
      #expect(closed.state == .closed && closed.outcome == .adminClosedUnresolved)
      // A closed file is no resolved case.
      #expect(closed.resolution == .unresolved && closed.nextStates == [.open])
      #expect(try await failure { try await harness.confirm(closure.name) }?.reason == "RESOURCE_ENDED")

      #expect(try await failure { try await harness.transition(name, to: .open, reason: "") }?.code == .invalidArgument)
      let open = try await harness.transition(name, to: .open, reason: "A witness came forward")
      #expect(open.state == .open && open.outcome == .unspecified)
      let steps = try await harness.lifecycle.listCaseTransitions(
        .with { $0.parent = name }, metadata: Person.officer.metadata
      ).caseTransitions
      #expect(steps.map(\.toState) == [.draft, .triage, .open, .closed, .open])
      #expect(steps.map(\.closure) == ["", "", "", closure.name, ""])
      #expect(steps.last?.reason == "A witness came forward")
      let seen = try await harness.lifecycle.listCaseTransitions(
        .with { $0.parent = name }, metadata: Person.prosecutor.metadata
      ).caseTransitions
      #expect(
        seen.map(\.toState) == steps.map(\.toState) && seen.allSatisfy { $0.reason.isEmpty && $0.closure.isEmpty })
    }
  }

  @Test("an outcome that the record does not show, or no longer, is refused")
  func outcomes() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let conviction = try await failure { try await harness.close(name, .convictionFinal) }
      #expect(conviction?.metadata == ["conditions": "FINAL_CONVICTION"])
      let prescribed = try await failure { try await harness.close(name, .prescribed) }
      #expect(prescribed?.metadata == ["conditions": "SOURCE_DOCUMENT"])

      let closure = try await harness.close(name, .prescribed, document: "A/75/2")
      let proceeding = try await harness.proceeding(of: name)
      let proposal = try await harness.propose(name) {
        $0.fact.proceeding = proceeding.name
        $0.fact.fact.kind = .charge
        $0.fact.fact.detail = "Murder"
      }
      let waiting = try await failure { try await harness.confirm(closure.name) }
      #expect(waiting?.metadata == ["conditions": "NOTHING_PROPOSED"])
      #expect(try await harness.lifecycle(of: name).state == .open)
      _ = try await harness.accept(proposal.name)
      try await harness.confirm(closure.name)
      #expect(try await harness.lifecycle(of: name).resolution == .resolved)
      // What becomes of a closed case is recorded once it is open again.
      let track = try await harness.track(of: name, proceeding: proceeding.name)
      let late = try await failure { try await harness.assert(.acknowledged, of: track.name) }
      #expect(late?.reason == "TRANSITION_NOT_ALLOWED" && late?.metadata["after"] == "CLOSED")
    }
  }

  @Test("a closure that waits may be taken back, and then another proposed")
  func refusal() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let closure = try await harness.close(name, .adminClosedUnresolved)
      let request = PBRefuseClosureRequest.with {
        $0.name = closure.name
        $0.etag = closure.etag
        $0.reason = "too early"
        $0.requestID = freshRequestID()
      }
      let refused = try await harness.lifecycle.refuseClosure(request, metadata: Person.officer.metadata)
      #expect(refused.state == .refused)
      #expect(try await failure { try await harness.confirm(closure.name) }?.reason == "RESOURCE_ENDED")
      _ = try await harness.close(name, .adminClosedUnresolved)
      let list = PBListClosuresRequest.with { $0.parent = name }
      #expect(try await harness.lifecycle.listClosures(list, metadata: Person.officer.metadata).closures.count == 2)
      #expect(try await harness.lifecycle.listClosures(list, metadata: Person.prosecutor.metadata).closures.isEmpty)
    }
  }

  @Test("how a case was handled is answered as known then")
  func readTime() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let open = harness.time.now
      harness.advance(3600)
      let closure = try await harness.close(name, .adminClosedUnresolved)
      let proposed = harness.time.now
      harness.advance(3600)
      try await harness.confirm(closure.name)
      let then = try await harness.lifecycle(of: name, at: open)
      #expect(then.state == .open && then.pendingClosure.isEmpty)
      #expect(try await harness.lifecycle(of: name, at: proposed).pendingClosure == closure.name)
      #expect(try await harness.lifecycle(of: name, at: harness.time.now).state == .closed)
      var future = harness.time.now
      future.seconds += 1
      #expect(try await failure { try await harness.lifecycle(of: name, at: future) }?.reason == "IMPOSSIBLE_DATE")
    }
  }

  @Test("of steps taken at once one is taken and the others are judged by it")
  func atOnce() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let closure = try await harness.close(name, .adminClosedUnresolved)
      let reasons = try await withThrowingTaskGroup(of: String?.self) { group in
        for _ in 0..<6 {
          group.addTask { try await failure { try await harness.confirm(closure.name) }?.reason }
        }
        return try await group.reduce(into: [String?]()) { $0.append($1) }
      }
      #expect(reasons.count { $0 == nil } == 1 && reasons.count { $0 == "RESOURCE_ENDED" } == 5)
      #expect(try await harness.count("case_transitions WHERE to_state = 4") == 1)
    }
  }

  @Test("a stale etag is refused; a repeated call has the first answer")
  func etags() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let before = try await harness.lifecycle(of: name)
      let id = freshRequestID()
      let first = try await harness.transition(name, to: .dormant, etag: before.etag, requestID: id)
      let again = try await harness.transition(name, to: .dormant, etag: before.etag, requestID: id)
      #expect(first == again && first.state == .dormant)
      let reused = try await failure { try await harness.transition(name, to: .open, requestID: id) }
      #expect(reused?.reason == "REQUEST_ID_REUSED")
      let stale = try await failure { try await harness.transition(name, to: .open, etag: before.etag) }
      #expect(stale?.code == .aborted && stale?.reason == "ETAG_MISMATCH")
      let rehearsed = try await harness.draft { $0.validateOnly = true }
      #expect(rehearsed.name.isEmpty && rehearsed.displayNumber == "UNTSO-2020-002")
      #expect(try await harness.count("cases") == 1)
      #expect(try await harness.count("acts WHERE method LIKE '%/TransitionCase' AND reason = 'test'") == 3)
    }
  }

  @Test("the database keeps what happened, and that a closing takes two")
  func database() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      _ = try await harness.close(name, .adminClosedUnresolved)
      for sql in [
        "DELETE FROM case_transitions", "UPDATE case_transitions SET reason = 'x'", "UPDATE acts SET reason = 'x'",
        "DELETE FROM case_closures",
        "UPDATE case_closures SET state = 2, decider_id = proposer_id, decide_time = now()",
        "INSERT INTO case_transitions (id, case_id, from_state, to_state, reason, author_id, create_time) "
          + "SELECT gen_random_uuid(), id, 2, 4, 'x', id, now() FROM cases",
      ] {
        await #expect(throws: (any Error).self, "\(sql)") { try await harness.run(sql) }
      }
      try await harness.confirm(try await harness.lifecycle(of: name).pendingClosure)
      await #expect(throws: (any Error).self) { try await harness.run("UPDATE case_closures SET reason = 'x'") }
    }
  }
}
