import GRPCCore
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("How far cases come, over the wire")
struct StageTests {
  @Test("from the notification to a final conviction, each step says what it takes")
  func walk() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proceeding = try await harness.proceeding(of: name)
      let whole = try await harness.track(of: name, proceeding: proceeding.name)
      #expect(whole.verified.accountability == .reported && whole.live && whole.hostClaim == .init())

      // Refused until what it takes is on record, then taken.
      func step(
        _ stage: PBAccountabilityStage, of track: String, missing: String, by source: PBAssertionSource = .hostState,
        _ record: () async throws -> Void
      ) async throws {
        let refusal = try await failure {
          try await harness.assert(stage, of: track, by: source) { $0.assertion.document = "" }
        }
        #expect(refusal?.reason == "CONDITIONS_NOT_MET" && refusal?.metadata == ["conditions": missing], "\(stage)")
        #expect(refusal?.conditions[missing] == StageCondition(rawValue: missing)?.remedy)
        try await record()
        try await harness.assert(stage, of: track, by: source) { $0.assertion.document = "" }
      }

      try await step(.notified, of: whole.name, missing: "SENT_NOTIFICATION", by: .unHq) {
        try await harness.communication(of: name, .outgoing, .notification, with: "XAA")
        try await harness.communication(of: name, .outgoing, .notification)
      }
      try await step(.acknowledged, of: whole.name, missing: "COMMUNICATION_FROM_HOST") {
        try await harness.communication(of: name, .incoming, .acknowledgement)
      }
      try await harness.assert(.investigationOpened, of: whole.name)
      try await harness.assert(.suspectsIdentified, of: whole.name)
      let suspect = try await harness.suspect(of: name)
      let accused = try await harness.track(of: name, proceeding: proceeding.name, suspect: suspect.name)
      // Skipped stages are inferred, without dates.
      try await harness.assert(.arrested, of: accused.name)
      let inferred = try await harness.assertions(of: accused.name).filter(\.inferred)
      #expect(inferred.map(\.stage.accountability) == [.acknowledged, .investigationOpened, .suspectsIdentified])
      #expect(inferred.allSatisfy { !$0.hasEffectiveDate && $0.document.isEmpty })
      try await step(.charged, of: accused.name, missing: "CUSTODY_DATE") {
        try await harness.fact(of: proceeding.name, .custody, on: ProgressHarness.day(2020, 7, 1))
      }
      try await step(.trial, of: accused.name, missing: "CHARGE") {
        try await harness.fact(of: proceeding.name, .charge)
      }
      try await step(.verdictGuilty, of: accused.name, missing: "HEARING", by: .courtRecord) {
        try await harness.fact(of: proceeding.name, .hearing, on: ProgressHarness.day(2021, 3, 1))
      }
      try await harness.assert(.sentenced, of: accused.name, by: .courtRecord)
      try await step(.final, of: accused.name, missing: "APPEAL_WINDOW", by: .courtRecord) {
        try await harness.fact(of: proceeding.name, .appealDeadline, on: ProgressHarness.day(2021, 6, 1))
      }
      let progress = try await harness.progress(of: name)
      #expect(progress.current == .final && progress.furthest == .final && !progress.disputed)
      let closure = try await harness.close(name, .convictionFinal)
      try await harness.confirm(closure.name)
      let end = try await harness.lifecycle(of: name)
      #expect(end.outcome == .convictionFinal && end.resolution == .resolved)
    }
  }

  @Test("what cannot follow says what can; what cannot be dated so is refused")
  func refusals() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proceeding = try await harness.proceeding(of: name)
      let track = try await harness.track(of: name, proceeding: proceeding.name)
      try await harness.assert(.trial, of: track.name)
      let back = try await failure { try await harness.assert(.charged, of: track.name) }
      #expect(back?.reason == "TRANSITION_NOT_ALLOWED" && back?.metadata["after"] == "TRIAL")
      #expect(
        back?.metadata["allowed"] == "DECEASED DISMISSED ESCAPED VERDICT_GUILTY VERDICT_NOT_GUILTY")
      let before = try await failure {
        try await harness.assert(.verdictGuilty, of: track.name) {
          $0.assertion.effectiveDate = ProgressHarness.day(2020, 5, 9)
        }
      }
      #expect(before?.reason == "IMPOSSIBLE_DATE" && before?.metadata == ["bound": "2020-05-10"])
      let after = try await failure {
        try await harness.assert(.verdictGuilty, of: track.name) {
          $0.assertion.effectiveDate = ProgressHarness.day(2023, 12)
        }
      }
      #expect(after?.reason == "IMPOSSIBLE_DATE" && after?.metadata == ["bound": "2023-11-14"])
      let kind = try await failure {
        try await harness.assert(.trial, of: track.name) { $0.assertion.stage.diplomatic = .released }
      }
      #expect(kind?.code == .invalidArgument)
      let twice = try await failure { try await harness.track(of: name, proceeding: proceeding.name) }
      #expect(twice?.code == .alreadyExists)
      let foreign = try await harness.openCase()
      let elsewhere = try await failure { try await harness.track(of: foreign, proceeding: proceeding.name) }
      #expect(elsewhere?.code == .notFound)
    }
  }

  @Test("a host State's claim and the verified status stand side by side")
  func claims() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proceeding = try await harness.proceeding(of: name)
      let track = try await harness.track(of: name, proceeding: proceeding.name)
      try await harness.assert(.acknowledged, of: track.name, by: .mission)
      try await harness.assert(.verdictGuilty, of: track.name, by: .hostState, .probable)
      for person in [Person.officer, .prosecutor, .contributor] {
        let seen = try #require(try await harness.progress(of: name, as: person).tracks.first)
        #expect(seen.verified.accountability == .acknowledged && seen.hostClaim.accountability == .verdictGuilty)
        #expect(seen.claims.map(\.source) == [.hostState, .mission])
      }
      #expect(try await harness.progress(of: name).current == .acknowledged)
    }
  }

  @Test("two confirmed outcomes are a dispute until one is corrected; what was corrected stays on record")
  func dispute() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proceeding = try await harness.proceeding(of: name)
      let track = try await harness.track(of: name, proceeding: proceeding.name)
      try await harness.fact(of: proceeding.name, .hearing, on: ProgressHarness.day(2021))
      try await harness.assert(.trial, of: track.name)
      try await harness.assert(.verdictGuilty, of: track.name, by: .courtRecord)
      let rival = try await harness.assert(.verdictNotGuilty, of: track.name, by: .hostState)
      let disputed = try await harness.progress(of: name, as: .contributor)
      #expect(disputed.disputed && disputed.tracks[0].verified.accountability == .trial)
      #expect(disputed.tracks[0].rivals.map(\.accountability) == [.verdictGuilty, .verdictNotGuilty])
      let blocked = try await failure { try await harness.assert(.sentenced, of: track.name) }
      #expect(
        blocked?.reason == "STAGE_DISPUTED" && blocked?.metadata == ["rivals": "VERDICT_GUILTY VERDICT_NOT_GUILTY"])
      let closing = try await failure { try await harness.close(name, .adminClosedUnresolved) }
      #expect(closing?.metadata == ["conditions": "NOTHING_DISPUTED"])

      let weak = try await failure {
        try await harness.assert(.verdictGuilty, of: track.name, by: .hostState, .possible) {
          $0.assertion.supersedes = rival.name
        }
      }
      #expect(weak?.reason == "ASSERTION_NOT_CORRECTABLE")
      try await harness.assert(.verdictGuilty, of: track.name, by: .hostState) { $0.assertion.supersedes = rival.name }
      #expect(try await harness.progress(of: name).tracks[0].verified.accountability == .verdictGuilty)
      let all = try await harness.assertions(of: track.name)
      #expect(all.filter(\.superseded).map(\.name) == [rival.name])
      for sql in [
        "UPDATE stage_assertions SET stage = 1", "DELETE FROM stage_assertions", "DELETE FROM communications",
      ] {
        await #expect(throws: (any Error).self, "\(sql)") { try await harness.run(sql) }
      }
    }
  }

  @Test("a stopped track goes on with a new fact, one that is newer than its stop")
  func newFact() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proceeding = try await harness.proceeding(of: name)
      let track = try await harness.track(of: name, proceeding: proceeding.name)
      try await harness.fact(of: proceeding.name, .newFact)
      harness.advance(60)
      try await harness.assert(.investigationOpened, of: track.name)
      try await harness.assert(.suspended, of: track.name)
      let refusal = try await failure { try await harness.assert(.investigationOpened, of: track.name) }
      #expect(refusal?.metadata == ["conditions": "NEW_FACT"])
      harness.advance(60)
      try await harness.fact(of: proceeding.name, .newFact)
      try await harness.assert(.investigationOpened, of: track.name)
      #expect(try await harness.progress(of: name).tracks[0].live)
    }
  }

  @Test("while a conflict of interest is looked into, no notification is confirmed")
  func conflictHold() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proceeding = try await harness.proceeding(of: name)
      let track = try await harness.track(of: name, proceeding: proceeding.name)
      try await harness.communication(of: name, .outgoing, .notification)
      try await harness.run("UPDATE cases SET caveats = 1 << 11")
      let held = try await failure { try await harness.assert(.notified, of: track.name, by: .unHq) }
      #expect(held?.metadata == ["conditions": "NO_CONFLICT_OF_INTEREST_HOLD"])
      try await harness.run("UPDATE cases SET caveats = 0")
      try await harness.assert(.notified, of: track.name, by: .unHq)
    }
  }

  @Test("a protest against a detention goes its diplomatic way")
  func diplomatic() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let track = try await harness.track(of: name)
      #expect(track.verified.diplomatic == .protested)
      func assert(_ stage: PBDiplomaticStage) async throws {
        try await harness.assert(.unspecified, of: track.name) { $0.assertion.stage.diplomatic = stage }
      }
      #expect(try await failure { try await assert(.responded) }?.metadata == ["conditions": "COMMUNICATION_FROM_HOST"])
      try await harness.communication(of: name, .incoming, .update)
      try await assert(.responded)
      try await assert(.released)
      let seen = try #require(try await harness.progress(of: name).tracks.first)
      #expect(seen.verified.diplomatic == .released && seen.nextStages.map(\.diplomatic) == [.remedied])
      #expect(try await harness.progress(of: name).current == .reported)
    }
  }

  @Test("what was known on an earlier day is told as it was known")
  func readTime() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proceeding = try await harness.proceeding(of: name)
      let track = try await harness.track(of: name, proceeding: proceeding.name)
      let start = harness.time.now
      harness.advance(86_400)
      let arrest = try await harness.assert(.arrested, of: track.name) {
        $0.assertion.effectiveDate = ProgressHarness.day(2021, 2, 1)
      }
      let known = try await harness.progress(of: name)
      let knownTimeline = try await harness.timeline(of: name)
      let then = harness.time.now
      harness.advance(86_400)
      try await harness.assert(.arrested, of: track.name, by: .courtRecord) {
        $0.assertion.effectiveDate = ProgressHarness.day(2021, 2, 3)
        $0.assertion.supersedes = arrest.name
      }
      try await harness.suspect(of: name)
      #expect(try await harness.progress(of: name, at: then) == known)
      #expect(try await harness.timeline(of: name, at: then) == knownTimeline)
      #expect(try await harness.progress(of: name, at: start).current == .reported)
      let dates = try await harness.assertions(of: track.name, at: then).filter { !$0.inferred }.map(\.effectiveDate)
      #expect(dates == [ProgressHarness.day(2021, 2, 1)])
      #expect(try await harness.assertions(of: track.name).last?.effectiveDate == ProgressHarness.day(2021, 2, 3))
      let whole = try await harness.timeline(of: name)
      #expect(try await harness.timeline(of: name, pageSize: 1) == whole && whole.count == knownTimeline.count + 2)
    }
  }

  @Test("assertions made at once follow one another; a stale etag is refused")
  func atOnce() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proceeding = try await harness.proceeding(of: name)
      let track = try await harness.track(of: name, proceeding: proceeding.name)
      let outcomes = try await withThrowingTaskGroup(of: String?.self) { group in
        for stage in [PBAccountabilityStage.trial, .charged, .arrested, .suspectsIdentified] {
          group.addTask {
            try await failure { try await harness.assert(stage, of: track.name) { $0.etag = track.etag } }?.reason
          }
        }
        return try await group.reduce(into: [String?]()) { $0.append($1) }
      }
      #expect(outcomes.count { $0 == nil } == 1 && outcomes.count { $0 == "ETAG_MISMATCH" } == 3)
      let positions = "stage_assertions GROUP BY track_id HAVING max(position) <> count(*)"
      #expect(try await harness.pool.execute(SetScope(scope: .everything), CountRows(table: positions)).1.isEmpty)
    }
  }
}
