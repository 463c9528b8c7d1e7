import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("What States give about a case")
struct SubmissionTests {
  private static func readers(_ harness: ProgressHarness, of name: String) async throws -> Set<Person> {
    var readers: Set<Person> = []
    for person in Person.allCases {
      let refusal = try await failure { try await harness.submission(name, as: person) }
      if refusal == nil { readers.insert(person) }
      #expect(refusal == nil || refusal?.code == .notFound || person == .systemOperator, "\(person)")
      // Parity: whoever gets it finds it in the list, and nobody else.
      let listed = try await harness.submissions(as: person).contains { $0.name == name }
      #expect(listed == (refusal == nil), "\(person)")
    }
    return readers
  }

  private static let headquarters: Set<Person> = [.officer, .secondOfficer, .counsel]

  @Test("are for whom the originator says and the policy lets, in lists as by name")
  func audience() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let mine = try await harness.submit(about: name) { $0.audience = .headquarters }.name
      #expect(try await Self.readers(harness, of: mine) == Self.headquarters.union([.contributor]))
      try await harness.rewrite(mine, ["audience"]) { $0.audience = .mission }
      let mission: Set<Person> = [.contributor, .focalPoint, .auditor]
      #expect(try await Self.readers(harness, of: mine) == Self.headquarters.union(mission))
      try await harness.rewrite(mine, ["audience", "host_state"]) { ($0.audience, $0.hostState) = (.hostState, "EGY") }
      let host: Set<Person> = [.prosecutor, .colleague]
      #expect(try await Self.readers(harness, of: mine) == Self.headquarters.union(mission).union(host))
      // What it named before is gone with it.
      try await harness.rewrite(mine, ["audience"]) { $0.audience = .headquarters }
      #expect(try await Self.readers(harness, of: mine) == Self.headquarters.union([.contributor]))
    }
  }

  @Test("go on with consent only, which is dated, has conditions, and is withdrawn for the future")
  func consents() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let mine = try await harness.submit(about: name).name
      for person in [Person.officer, .counsel, .focalPoint] {
        #expect(
          try await failure { try await harness.consent(to: "EGY", of: mine, as: person) }?.code == .permissionDenied)
      }
      harness.advance(10)
      let given = try await harness.consent(to: "EGY", of: mine, ["Not in open court"])
      #expect(
        given.consents.map(\.conditions) == [["Not in open court"]] && given.consents[0].createTime == harness.time.now)
      #expect(try await failure { try await harness.consent(to: "EGY", of: mine) }?.reason == "RESOURCE_EXISTS")
      try await harness.consent(to: "XCC", of: mine)
      // Consent does not give what the policy does not; and who else has it is not told.
      #expect(try await failure { try await harness.submission(mine, as: .stranger) }?.code == .notFound)
      let seen = try await harness.submission(mine, as: .prosecutor)
      #expect(seen.consents.map(\.recipient) == ["EGY"] && seen.etag.isEmpty && seen.audience == .unspecified)
      let then = harness.time.now
      harness.advance(10)
      let withdrawn = try await harness.withdrawConsent(to: "EGY", of: mine)
      #expect(withdrawn.consents[0].withdrawTime == harness.time.now && withdrawn.consents.count == 2)
      #expect(try await failure { try await harness.withdrawConsent(to: "EGY", of: mine) }?.reason == "RESOURCE_ENDED")
      // Nor as of the day on which there was consent.
      #expect(try await failure { try await harness.submission(mine, as: .prosecutor) }?.code == .notFound)
      #expect(try await failure { try await harness.submission(mine, as: .prosecutor, at: then) }?.code == .notFound)
      #expect(try await harness.submission(mine, as: .officer, at: then).consents[0].hasWithdrawTime == false)
    }
  }

  @Test("of a case that one may not see are described, and the answer is the same whether there is one")
  func described() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let unknown = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
      // By name there is no telling.
      for asked in [name, unknown] {
        #expect(try await failure { try await harness.submit(about: asked, as: .secondContributor) }?.code == .notFound)
      }
      let before = try await harness.submit(as: .secondContributor)
      #expect(before.state == .received && before.case.isEmpty)
      // Nor when headquarters has found which case it is.
      let linked = try await harness.answer(before.name, .acknowledged) { $0.case = name }
      #expect(linked.case == name)
      var after = try await harness.submission(before.name, as: .secondContributor)
      #expect(after.case.isEmpty && after.results.isEmpty)
      let other = try await harness.submit(as: .secondContributor)
      try await harness.answer(other.name, .acknowledged)
      let unlinked = try await harness.submission(other.name, as: .secondContributor)
      for message in [\PBSubmission.name, \.etag] { after[keyPath: message] = unlinked[keyPath: message] }
      (after.createTime, after.updateTime) = (unlinked.createTime, unlinked.updateTime)
      #expect(after == unlinked)
      // The mission sees it from then on; and it cannot be said to be about another.
      #expect(try await harness.submission(before.name, as: .focalPoint).case == name)
      #expect(try await failure { try await harness.submission(other.name, as: .focalPoint) }?.code == .notFound)
      let second = try await harness.openCase()
      let moved = try await failure { try await harness.answer(before.name, .declined) { $0.case = second } }
      #expect(moved?.code == .invalidArgument)
    }
  }

  @Test("change nothing: what they led to is on record beside them, or they are not accepted")
  func accepted() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proceeding = try await harness.proceeding(of: name).name
      let track = try await harness.track(of: name, proceeding: proceeding).name
      let mine = try await harness.submit().name
      let before = try await harness.progress(of: name)
      #expect(try await failure { try await harness.answer(mine, .accepted) }?.reason == "TRANSITION_NOT_ALLOWED")
      #expect(
        try await failure { try await harness.answer(mine, .acknowledged, as: .contributor) }?.code == .permissionDenied
      )
      #expect(
        try await failure { try await harness.answer(mine, .acknowledged, as: .counsel) }?.code == .permissionDenied)
      try await harness.answer(mine, .acknowledged)
      let missing = try await failure { try await harness.answer(mine, .accepted) }
      #expect(missing?.conditions.keys.sorted() == ["CASE_NAMED", "RESULT_ON_RECORD"])
      let noResult = try await failure { try await harness.answer(mine, .accepted) { $0.case = name } }
      #expect(noResult?.conditions.keys.sorted() == ["RESULT_ON_RECORD"])
      #expect(try await harness.progress(of: name) == before)
      try await harness.communication(of: name, .outgoing, .notification)
      let led = try await harness.assert(.notified, of: track, by: .unHq).name
      let elsewhere = try await failure {
        try await harness.answer(mine, .accepted) { ($0.case, $0.results) = (name, [led + "0"]) }
      }
      #expect(elsewhere?.code == .invalidArgument)
      let stated = try await harness.progress(of: name)
      let accepted = try await harness.answer(mine, .accepted) { ($0.case, $0.results) = (name, [led]) }
      #expect(accepted.state == .accepted && accepted.results == [led] && accepted.nextStates.isEmpty)
      #expect(try await harness.submission(mine, as: .contributor).results == [led])
      #expect(try await harness.progress(of: name) == stated)
      // What it says is closed; who may see it is not.
      #expect(
        try await failure { try await harness.rewrite(mine, ["text"]) { $0.text = "x" } }?.reason == "RESOURCE_ENDED")
      try await harness.rewrite(mine, ["audience"]) { $0.audience = .headquarters }
    }
  }

  @Test("are declined with an answer, and withdrawn by their originator alone")
  func ended() async throws {
    try await ProgressHarness.run { harness in
      let mine = try await harness.submit().name
      #expect(try await failure { try await harness.answer(mine, .declined) }?.conditions.keys.sorted() == ["ANSWER"])
      let declined = try await harness.answer(mine, .declined) { $0.answer = "Known already" }
      #expect(declined.answer == "Known already" && declined.state == .declined)
      let forOther = try await failure { try await harness.answer(mine, .withdrawn) }
      #expect(forOther?.conditions.keys.sorted() == ["ORIGINATOR"])
      let name = try await harness.openCase()
      let other = try await harness.submit(about: name).name
      try await harness.consent(to: "EGY", of: other)
      try await harness.answer(other, .withdrawn, as: .contributor)
      #expect(try await Self.readers(harness, of: other) == Self.headquarters.union([.contributor]))
      #expect(try await failure { try await harness.consent(to: "XCC", of: other) }?.reason == "RESOURCE_ENDED")
    }
  }

  @Test("are kept in every version, with etag, and listed by keyset and filter")
  func versions() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let first = try await harness.submit(about: name)
      let then = harness.time.now
      harness.advance(10)
      let second = try await harness.rewrite(first.name, ["subject"]) { $0.subject = "Corrected" }
      #expect(second.etag != first.etag && second.text == first.text && second.createTime == first.createTime)
      #expect(try await harness.submission(first.name, as: .officer, at: then).subject == "Intercepted call")
      let stale = try await failure {
        try await harness.rewrite(first.name, ["text"]) { ($0.text, $0.etag) = ("x", first.etag) }
      }
      #expect(stale?.code == .aborted)
      #expect(
        try await failure { try await harness.rewrite(first.name, ["party"]) { $0.party = "X" } }?.code
          == .invalidArgument)
      for _ in 0..<4 { try await harness.submit() }
      let all = try await harness.submissions(as: .officer)
      #expect(all.count == 5 && all.map(\.name) == all.map(\.name).sorted())
      #expect(try await harness.submissions(as: .officer, pageSize: 2).map(\.name) == all.map(\.name))
      #expect(try await harness.submissions(as: .officer, "case = \"\(name)\"").map(\.name) == [first.name])
      #expect(try await harness.submissions(as: .officer, "state = RECEIVED AND party != XAA").isEmpty)
      let bad = try await failure { try await harness.submissions(as: .officer, "state = GONE") }
      #expect(bad?.code == .invalidArgument)
      #expect(try await harness.count("exchange_records") == 6)
      await #expect(throws: (any Error).self) { try await harness.run("UPDATE exchange_records SET state = 3") }
      await #expect(throws: (any Error).self) { try await harness.run("DELETE FROM exchange_records") }
    }
  }

  static let badTable: [(String, @Sendable (inout PBSubmission) -> Void)] = [
    ("submission.subject", { $0.subject = "" }), ("submission.subject", { $0.subject = "a\u{7}" }),
    ("submission.text", { $0.text = "" }), ("submission.text", { $0.text = "\u{202E}x" }),
    ("submission.description", { $0.description_p = "" }), ("submission.audience", { $0.audience = .unspecified }),
    ("submission.host_state", { $0.audience = .hostState }), ("submission.host_state", { $0.hostState = "EGY" }),
    ("submission.case", { $0.case = "cases/x" }), ("submission.language", { $0.language = "!" }),
  ]

  @Test("must be what can be, and come from a State whom the policy lets contribute")
  func bad() async throws {
    try await ProgressHarness.run { harness in
      for (field, change) in Self.badTable {
        let refusal = try await failure { try await harness.submit(as: .contributor, change) }
        #expect(refusal?.code == .invalidArgument && refusal?.message.hasPrefix(field) == true, "\(field)")
      }
      for person in [
        Person.officer, .counsel, .focalPoint, .auditor, .union, .prosecutor, .foreignCourt, .systemOperator,
      ] {
        #expect(try await failure { try await harness.submit(as: person) }?.code == .permissionDenied, "\(person)")
      }
      #expect(try await harness.count("exchange_records") == 0)
    }
  }
}
