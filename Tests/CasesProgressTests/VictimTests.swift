import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("Victims whom people enter")
struct VictimTests {
  /// A soldier of the contributing State, whose kin know.
  private static let soldier = PBVictim.with {
    $0.category = .milContingent
    $0.harm = .injuredSerious
    $0.nationalities = ["XAA"]
    $0.contributingState = "XAA"
    $0.employer = .contingent
    $0.sex = .female
    $0.ageBand = .youngAdult
    $0.person = "Name One"
    $0.rank = "Major"
    $0.unit = "First battalion"
    $0.casualtyID = "NOTICAS-1"
    $0.harmDate = ProgressHarness.day(2020, 5, 10)
    $0.kinNotifiedDate = ProgressHarness.day(2020, 5, 11)
    $0.medicalNote = "Wound of the leg"
  }

  @Test("each field is shown by its class of data, in GetCase as in the answer")
  func classes() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.triage()
      let made = try await harness.victim(of: name, Self.soldier)
      var expected = Self.soldier
      expected.name = made.name
      expected.nationality.code = "XAA"
      expected.headCount = 1
      expected.etag = "\"1\""
      #expect(made == expected)
      func seen(by person: Person) async throws -> PBVictim? { try await harness.get(name, as: person).victims.first }
      for person in [Person.officer, .secondOfficer, .focalPoint] { #expect(try await seen(by: person) == made) }

      // The contributor reads all of its own; nobody tells it of changes.
      let own = try #require(try await seen(by: .contributor))
      #expect(own.person == "Name One" && own.medicalNote == "Wound of the leg" && own.rank == "Major")
      #expect(own.etag.isEmpty && own.redactions.isEmpty && own.name == made.name)
      // The host knows who it is, and nothing of the kin and the body; it is not told that there is anything.
      let host = try #require(try await seen(by: .prosecutor))
      #expect(host.person == "Name One" && host.unit == "First battalion" && host.harmDate.day == 10)
      #expect(host.medicalNote.isEmpty && !host.hasKinNotifiedDate && host.redactions.isEmpty)
      // An auditor reads who it is by grant only.
      let audited = try #require(try await seen(by: .auditor))
      #expect(audited.person.isEmpty && audited.rank.isEmpty && audited.unit.isEmpty && audited.casualtyID.isEmpty)
      #expect(audited.category == .milContingent && audited.ageBand == .youngAdult && audited.name != made.name)
      #expect(audited.redactions.map(\.field) == ["casualty_id", "person", "rank", "unit"])
      #expect(audited.redactions.allSatisfy { $0.dataClass == .victimIdentity && $0.reason == .grantRequired })
      #expect(try await failure { try await harness.get(name, as: .stranger) }?.code == .notFound)
    }
  }

  /// 5h, invariants 2 and 4.
  @Test("relations follow from victims in the call that changes them, and kin are told first")
  func relations() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.triage()
      #expect(try await failure { try await harness.get(name, as: .contributor) }?.code == .notFound)
      var dead = Self.soldier
      dead.harm = .killed
      dead.clearKinNotifiedDate()
      let made = try await harness.victim(of: name, dead)
      // It has to do with the case, and neither sees nor counts the victim yet; no more does the host.
      for person in [Person.contributor, .prosecutor, .auditor] {
        let held = try await harness.get(name, as: person)
        #expect(held.victims.isEmpty && held.victimCount == 0, "\(person)")
        let listed = try await harness.list("victim_count = 1", as: person)
        #expect(listed.isEmpty, "\(person)")
      }
      #expect(try await harness.get(name).victimCount == 1)
      #expect(try await harness.get(name, as: .focalPoint).victims.map(\.name) == [made.name])
      let told = try await harness.update(made.name, ["kin_notified_date"]) {
        $0.kinNotifiedDate = ProgressHarness.day(2020, 6, 1)
      }
      #expect(told.kinNotifiedDate.month == 6 && told.person == "Name One")
      for person in [Person.contributor, .prosecutor, .auditor] {
        #expect(try await harness.get(name, as: person).victimCount == 1, "\(person)")
      }

      // A civilian of two nationalities: both States; then of another: they no longer.
      _ = try await harness.update(made.name, ["category", "contributing_state", "nationalities", "employer"]) {
        $0.category = .civIntl
        $0.nationalities = ["XCC", "XBB"]
        $0.employer = .unStaff
      }
      #expect(try await failure { try await harness.get(name, as: .contributor) }?.code == .notFound)
      _ = try await harness.update(made.name, ["nationalities"]) { $0.nationalities = [] }
      let relations = try await harness.count(
        "case_relations WHERE hat IN (2, 3) AND case_id = '\(name.dropFirst(6))'")
      #expect(relations == 0)
    }
  }

  /// 5h, invariant 8.
  @Test("a later death changes the harm, and no count of cases; the kin are told of it anew")
  func laterDeath() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.triage()
      let made = try await harness.victim(of: name, Self.soldier)
      let before = try await harness.list("").count
      let dead = try await harness.update(made.name, ["harm", "death_date"]) {
        $0.harm = .diedLater
        $0.deathDate = ProgressHarness.day(2020, 7, 1)
      }
      #expect(dead.harm == .diedLater && dead.deathDate.month == 7 && !dead.hasKinNotifiedDate)
      let found = try await harness.get(name)
      #expect(found.victimCount == 1 && found.victims == [dead])
      #expect(try await harness.list("").count == before)
      #expect(try await harness.get(name, as: .contributor).victims.isEmpty)
    }
  }

  @Test("a group counts as many as it has, for whoever may count it")
  func groups() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.triage()
      let group = PBVictim.with {
        $0.category = .milContingent
        $0.harm = .injuredMinor
        $0.nationalities = ["XAA"]
        $0.headCount = 7
      }
      let batch = try await harness.batch(of: name, [Self.soldier, group])
      #expect(
        batch.victims.map(\.headCount) == [1, 7] && batch.victims.map(\.harm) == [.injuredSerious, .injuredMinor])
      for person in [Person.officer, .prosecutor, .contributor, .auditor] {
        #expect(try await harness.get(name, as: person).victimCount == 8, "\(person)")
        #expect(try await harness.list("victim_count = 8", as: person).map(\.name) == [name], "\(person)")
      }
      _ = try await harness.update(batch.victims[1].name, ["head_count"]) { $0.headCount = 5 }
      #expect(try await harness.get(name).victimCount == 6)
      let request = PBWithdrawVictimRequest.with {
        $0.name = batch.victims[1].name
        $0.reason = "counted twice"
        $0.requestID = freshRequestID()
      }
      _ = try await harness.victims.withdrawVictim(request, metadata: Person.officer.metadata)
      // The same call again is the same answer, and takes nothing off again.
      _ = try await harness.victims.withdrawVictim(request, metadata: Person.officer.metadata)
      let found = try await harness.get(name)
      #expect(found.victimCount == 1 && found.victims.count == 1)
      #expect(try await harness.count("victims") == 2)
    }
  }

  @Test("who may not write victims of the case writes none, and learns nothing of one that it may not see")
  func writers() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.triage()
      let victim = try await harness.victim(of: name, Self.soldier).name
      for person in [Person.prosecutor, .contributor, .auditor] {
        let denials = [
          try await failure { try await harness.victim(of: name, Self.soldier, as: person) },
          try await failure { try await harness.batch(of: name, [Self.soldier], as: person) },
          try await failure { try await harness.update(victim, ["unit"], as: person) { $0.unit = "x" } },
        ]
        #expect(denials.allSatisfy { $0?.code == .permissionDenied }, "\(person)")
      }
      for person in [Person.stranger, .foreignFocalPoint] {
        let unknown = "cases/00000000-0000-7000-8000-000000000000"
        let hidden = try await failure { try await harness.victim(of: name, Self.soldier, as: person) }
        let absent = try await failure { try await harness.victim(of: unknown, Self.soldier, as: person) }
        #expect(hidden == absent && hidden?.code == .notFound, "\(person)")
      }
      #expect(try await harness.count("victims") == 1)
    }
  }

  /// What a victim cannot be, with the field that is at fault.
  static let impossible: [(String, @Sendable (inout PBVictim) -> Void)] = [
    ("victim.category", { $0.category = .unspecified }), ("victim.category", { $0.category = .UNRECOGNIZED(99) }),
    ("victim.harm", { $0.harm = .unspecified }), ("victim.harm", { $0.harm = .UNRECOGNIZED(-1) }),
    ("victim.sex", { $0.sex = .UNRECOGNIZED(3) }), ("victim.age_band", { $0.ageBand = .UNRECOGNIZED(70_000) }),
    ("victim.employer", { $0.employer = .UNRECOGNIZED(8) }),
    ("victim.person", { $0.person = String(repeating: "x", count: 201) }),
    ("victim.person", { $0.person = "a\u{0}b" }), ("victim.rank", { $0.rank = "a\u{7}b" }),
    ("victim.unit", { $0.unit = "a\u{202E}b" }), ("victim.subcategory", { $0.subcategory = "\u{2066}a" }),
    ("victim.nationalities", { $0.nationalities = ["YUG"] }), ("victim.nationalities", { $0.nationalities = ["'--"] }),
    ("victim.contributing_state", { $0.contributingState = "XA\u{0}" }),
    ("victim.harm_date", { $0.harmDate = ProgressHarness.day(2020, 2, 30) }),
    ("victim.harm_date", { $0.harmDate = ProgressHarness.day(2019) }),
    ("victim.death_date", { $0.deathDate = ProgressHarness.day(2020, 6) }),
    ("victim.kin_notified_date", { $0.kinNotifiedDate = ProgressHarness.day(2099) }),
    ("victim.head_count", { $0.headCount = 100_001 }), ("victim.person", { $0.headCount = 2 }),
  ]

  @Test("what cannot be is refused with the field that is at fault, and nothing is written")
  func refused() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.triage()
      for (field, change) in Self.impossible {
        var victim = Self.soldier
        change(&victim)
        let refusal = try await failure { try await harness.victim(of: name, victim) }
        #expect(
          refusal?.code == .invalidArgument && refusal?.message.hasPrefix(field + ":") == true,
          "\(field) \(refusal as Any)")
      }
      // All or none, with the place of the one at fault.
      var bad = Self.soldier
      bad.harm = .unspecified
      let batch = try await failure { try await harness.batch(of: name, [Self.soldier, bad]) }
      #expect(batch?.message.hasPrefix("victims[1].harm:") == true)
      let tooMany = [PBVictim](repeating: Self.soldier, count: 100_000)
      for victims in [tooMany, []] {
        let refusal = try await failure { try await harness.batch(of: name, victims) }
        #expect(refusal?.code == .invalidArgument && refusal?.message == "victims: must be 1 to 1,000")
      }
      #expect(try await harness.count("victims") == 0)
      #expect(try await harness.get(name).victimCount == 0)
    }
  }

  @Test("a stale etag, a path that cannot be written and a case that is over are refused")
  func conflicts() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.triage()
      let made = try await harness.victim(of: name, Self.soldier)
      let first = try await harness.update(made.name, ["unit"]) { $0.etag = made.etag }
      #expect(first.unit.isEmpty && first.etag != made.etag)
      let stale = try await failure { try await harness.update(made.name, ["rank"]) { $0.etag = made.etag } }
      #expect(stale?.code == .aborted && stale?.reason == "ETAG_MISMATCH")
      for path in ["name", "nationality", "redactions", "etag", "nowhere"] {
        let refusal = try await failure { try await harness.update(made.name, [path]) { _ in } }
        #expect(refusal?.reason == "INVALID_FIELD_MASK" && refusal?.metadata == ["path": path])
      }
      let other = try await failure {
        try await harness.update(name + "/victims/\(freshRequestID())", ["unit"]) { _ in }
      }
      #expect(other?.code == .notFound)
      _ = try await harness.transition(name, to: .enteredInError)
      let over = try await failure { try await harness.update(made.name, ["unit"]) { _ in } }
      #expect(over?.code == .failedPrecondition && over?.reason == "TRANSITION_NOT_ALLOWED")
    }
  }

  @Test("a repeated call gets the first answer, a rehearsal keeps nothing")
  func repeated() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.triage()
      let id = freshRequestID()
      let first = try await harness.batch(of: name, [Self.soldier], requestID: id)
      #expect(try await harness.batch(of: name, [Self.soldier], requestID: id) == first)
      let reused = try await failure { try await harness.batch(of: name, [Self.soldier, Self.soldier], requestID: id) }
      #expect(reused?.reason == "REQUEST_ID_REUSED")
      let rehearsed = try await harness.batch(of: name, [Self.soldier], validateOnly: true)
      #expect(rehearsed.victims.map(\.name) == [""] && rehearsed.victims[0].person == "Name One")
      #expect(try await harness.count("victims") == 1)
    }
  }
}

extension ProgressHarness {
  /// A case up for triage, without victims.
  func triage() async throws -> String {
    let name = try await draft().name
    _ = try await transition(name, to: .triage)
    return name
  }

  func get(_ name: String, as person: Person = .officer) async throws -> PBCase {
    try await cases.getCase(.with { $0.name = name }, metadata: person.metadata)
  }

  func list(_ filter: String, as person: Person = .officer) async throws -> [PBCase] {
    try await cases.listCases(.with { $0.filter = filter }, metadata: person.metadata).cases
  }

  @discardableResult
  func victim(of name: String, _ victim: PBVictim, as person: Person = .officer) async throws -> PBVictim {
    let request = PBCreateVictimRequest.with {
      $0.parent = name
      $0.victim = victim
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await victims.createVictim(request, metadata: person.metadata)
  }

  func batch(
    of name: String, _ list: [PBVictim], as person: Person = .officer, requestID: String = freshRequestID(),
    validateOnly: Bool = false
  ) async throws -> PBBatchCreateVictimsResponse {
    let request = PBBatchCreateVictimsRequest.with {
      $0.parent = name
      $0.victims = list
      $0.reason = "test"
      $0.requestID = requestID
      $0.validateOnly = validateOnly
    }
    return try await victims.batchCreateVictims(request, metadata: person.metadata)
  }

  func update(
    _ name: String, _ paths: [String], as person: Person = .officer, _ change: (inout PBVictim) -> Void
  ) async throws -> PBVictim {
    var request = PBUpdateVictimRequest.with {
      $0.victim.name = name
      $0.updateMask.paths = paths
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request.victim)
    return try await victims.updateVictim(request, metadata: person.metadata)
  }
}
