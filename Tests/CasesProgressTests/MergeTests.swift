import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

/// 5h, invariant 10.
@Suite("Cases that another stands for")
struct MergeTests {
  @Test("both numbers resolve, one case counts, and unmerging restores it")
  func merging() async throws {
    try await ProgressHarness.run { harness in
      let (survivor, other) = (try await harness.openCase(), try await harness.openCase())
      let before = try await harness.get(other)
      let merged = try await harness.merge(other, into: survivor)
      #expect(merged.state == .merged && merged.mergedInto == survivor && merged.nextStates == [.triage, .open])
      #expect(merged.resolution == .notCounted)
      for person in [Person.officer, .focalPoint, .prosecutor, .contributor, .auditor] {
        let found = try await harness.get(other, as: person)
        #expect(found.mergedInto == survivor && found.displayNumber == before.displayNumber, "\(person)")
        #expect(found.victims.count == 1, "\(person)")
        // In the lists once, and in one of the cases that are merged.
        #expect(try await harness.list("", as: person).map(\.name) == [survivor], "\(person)")
        #expect(try await harness.list("nationality = XAA", as: person).map(\.name) == [survivor], "\(person)")
        let asked = try await harness.list("state = MERGED", as: person)
        #expect(asked.map(\.name) == [other] && asked[0].mergedInto == survivor, "\(person)")
        #expect(try await harness.list("NOT state = OPEN", as: person).map(\.name) == [other], "\(person)")
      }
      #expect(try await failure { try await harness.get(other, as: .stranger) }?.code == .notFound)

      // Nothing is recorded of it any more, and no step takes it out but one.
      let closed = try await failure { try await harness.transition(other, to: .open) }
      #expect(closed?.reason == "CONDITIONS_NOT_MET" && closed?.metadata == ["conditions": "SEPARATION"])
      let victim = try await failure {
        try await harness.victim(of: other, .with { ($0.category, $0.harm) = (.unv, .missing) })
      }
      #expect(victim?.reason == "TRANSITION_NOT_ALLOWED")

      let restored = try await harness.unmerge(other)
      #expect(restored.state == .open && restored.mergedInto.isEmpty)
      var after = try await harness.get(other)
      #expect(after.etag != before.etag)
      (after.etag, after.updateTime) = (before.etag, before.updateTime)
      #expect(after == before)
      #expect(Set(try await harness.list("").map(\.name)) == [survivor, other])
      let steps = try await harness.lifecycle.listCaseTransitions(
        .with { $0.parent = other }, metadata: Person.officer.metadata
      ).caseTransitions
      #expect(steps.map(\.toState) == [.draft, .triage, .open, .merged, .open])
      #expect(steps.map(\.mergedInto) == ["", "", "", survivor, ""])
      let again = try await failure { try await harness.unmerge(other) }
      #expect(again?.reason == "TRANSITION_NOT_ALLOWED")
    }
  }

  @Test("what was known before a merger is told as it was")
  func history() async throws {
    try await ProgressHarness.run { harness in
      let (survivor, other) = (try await harness.openCase(), try await harness.openCase())
      let before = harness.time.now
      harness.advance(60)
      try await harness.merge(other, into: survivor)
      let during = harness.time.now
      harness.advance(60)
      try await harness.unmerge(other)
      #expect(try await harness.lifecycle(of: other, at: before).state == .open)
      let merged = try await harness.lifecycle(of: other, at: during)
      #expect(merged.state == .merged && merged.mergedInto == survivor)
      #expect(try await harness.lifecycle(of: other).mergedInto.isEmpty)
    }
  }

  @Test("no circle comes about, and nothing is merged into what cannot stand for it")
  func circles() async throws {
    try await ProgressHarness.run { harness in
      let (first, second, third) = (
        try await harness.openCase(), try await harness.openCase(), try await harness.openCase()
      )
      let own = try await failure { try await harness.merge(first, into: first) }
      #expect(own?.code == .invalidArgument && own?.message.hasPrefix("into:") == true)
      try await harness.merge(first, into: second)
      for (name, into) in [(second, first), (third, first)] {
        let refusal = try await failure { try await harness.merge(name, into: into) }
        #expect(refusal?.code == .failedPrecondition && refusal?.metadata == ["conditions": "SURVIVING_CASE"])
      }
      // One that others were merged into can be merged on; then it stands for none.
      try await harness.merge(second, into: third)
      #expect(try await harness.get(first).mergedInto == second)
      #expect(try await harness.get(second).mergedInto == third)
      let circle = try await failure { try await harness.merge(third, into: first) }
      #expect(circle?.metadata == ["conditions": "SURVIVING_CASE"])
      let twice = try await failure { try await harness.merge(first, into: third) }
      #expect(twice?.reason == "TRANSITION_NOT_ALLOWED")
      let draft = try await harness.draft().name
      #expect(try await failure { try await harness.merge(third, into: draft) }?.reason == "CONDITIONS_NOT_MET")
      #expect(try await failure { try await harness.merge(draft, into: third) }?.reason == "TRANSITION_NOT_ALLOWED")
    }
  }

  @Test("of two that would merge at once, one is told to read again")
  func concurrent() async throws {
    try await ProgressHarness.run { harness in
      let (first, second) = (try await harness.openCase(), try await harness.openCase())
      let etags = (
        try await harness.lifecycle(of: first).etag, try await harness.lifecycle(of: second).etag
      )
      // Each into the other.
      async let one = failure { try await harness.merge(first, into: second, etag: etags.0) }
      async let two = failure { try await harness.merge(second, into: first, etag: etags.1) }
      let outcomes = [try await one, try await two]
      #expect(outcomes.count { $0 == nil } == 1)
      #expect(outcomes.compactMap { $0 }.allSatisfy { $0.code == .failedPrecondition })

      // Two different steps of one case.
      let third = try await harness.openCase()
      let standing = outcomes[0] == nil ? second : first
      let etag = try await harness.lifecycle(of: third).etag
      async let merge = failure { try await harness.merge(third, into: standing, etag: etag) }
      async let rest = failure { try await harness.transition(third, to: .dormant, etag: etag) }
      let steps = [try await merge, try await rest]
      #expect(steps.count { $0 == nil } == 1)
      #expect(steps.compactMap { $0 }.map(\.code) == [.aborted])
      #expect(steps.compactMap { $0 }.map(\.reason) == ["ETAG_MISMATCH"])
    }
  }

  @Test("it takes the right to change both; the case that is not to be seen is not there, and not named")
  func rights() async throws {
    try await ProgressHarness.run { harness in
      let (survivor, other) = (try await harness.openCase(), try await harness.openCase())
      for person in [Person.prosecutor, .contributor, .auditor] {
        let denied = try await failure { try await harness.merge(other, into: survivor, as: person) }
        #expect(denied?.code == .permissionDenied, "\(person)")
      }
      // Of another mission: its focal point may change the one, and not the other.
      let foreign = try await harness.draft { $0.case.mission = "missions/minusma" }.name
      try await harness.transition(foreign, to: .triage)
      let unknown = "cases/00000000-0000-7000-8000-000000000000"
      let hidden = try await failure { try await harness.merge(other, into: foreign, as: .focalPoint) }
      let absent = try await failure { try await harness.merge(other, into: unknown, as: .focalPoint) }
      #expect(hidden == absent && hidden?.code == .notFound)
      #expect(
        try await failure { try await harness.merge(foreign, into: other, as: .focalPoint) }?.code == .notFound)
      #expect(try await harness.lifecycle(of: other).state == .open)

      try await harness.merge(other, into: foreign)
      #expect(try await harness.get(other).mergedInto == foreign)
      for person in [Person.focalPoint, .prosecutor, .contributor] {
        let found = try await harness.get(other, as: person)
        #expect(found.mergedInto.isEmpty && found.state == .merged, "\(person)")
        #expect(try await harness.list("state = MERGED", as: person) == [found].map { $0.withoutVictims }, "\(person)")
      }
    }
  }
}

extension PBCase {
  fileprivate var withoutVictims: PBCase {
    var copy = self
    copy.victims = []
    return copy
  }
}

extension ProgressHarness {
  @discardableResult
  func merge(
    _ name: String, into survivor: String, as person: Person = .officer, etag: String = ""
  ) async throws -> PBCaseLifecycle {
    let request = PBMergeCaseRequest.with {
      $0.name = name + "/lifecycle"
      $0.into = survivor
      $0.etag = etag
      $0.reason = "the same attack"
      $0.requestID = freshRequestID()
    }
    return try await lifecycle.mergeCase(request, metadata: person.metadata)
  }

  @discardableResult
  func unmerge(_ name: String, as person: Person = .officer) async throws -> PBCaseLifecycle {
    let request = PBUnmergeCaseRequest.with {
      $0.name = name + "/lifecycle"
      $0.reason = "two attacks"
      $0.requestID = freshRequestID()
    }
    return try await lifecycle.unmergeCase(request, metadata: person.metadata)
  }
}
