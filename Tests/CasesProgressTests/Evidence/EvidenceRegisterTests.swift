import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("The register of evidence")
struct EvidenceRegisterTests {
  @Test("is seen whole, counted, by its owner only or not at all, as the policy says, and alike in every method")
  func classes() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let made = try await harness.item(of: name) {
        $0.collectedBy = "Patrol leader"
        $0.collectedDate = ProgressHarness.day(2020, 5, 11)
        $0.collectedPlace = "Checkpoint 7"
        $0.mediaType = "image/jpeg"
        $0.admissibilityNotes = "No seal.\nالختم"
        $0.retentionDate = ProgressHarness.day(2045)
        $0.custodian = "Archive"
      }
      #expect(made.originator == "OROLSI" && made.holder == "OROLSI" && made.custodian == "Archive")
      #expect(made.custodyState == .held && made.sizeBytes == 0 && made.keyID.isEmpty && made.etag == "\"2\"")
      let own = try await harness.item(of: name, as: .contributor)
      #expect(own.originator == "XAA" && own.holder == "XAA")

      for person in [Person.officer, .secondOfficer, .focalPoint, .counsel, .auditor] {
        let list = try await harness.items(of: name, as: person)
        #expect(list.evidenceItems == [made, own] && list.totalSize == 2 && list.redactions.isEmpty, "\(person)")
        #expect(try await harness.item(made.name, as: person) == made, "\(person)")
        #expect(try await harness.events(of: made.name, as: person).map(\.kind) == [.recorded], "\(person)")
      }
      // A State sees what it gave, and of the rest not how much there is.
      let contributor = try await harness.items(of: name, as: .contributor)
      #expect(contributor.evidenceItems == [own] && contributor.totalSize == 1)
      #expect(contributor.redactions.map(\.field) == ["evidence_items", "total_size"])
      #expect(contributor.redactions.allSatisfy { $0.dataClass == .evidenceRegister && $0.transform == .drop })
      // The host State learns how many there are.
      let host = try await harness.items(of: name, as: .prosecutor)
      #expect(host.evidenceItems.isEmpty && host.totalSize == 2)
      #expect(host.redactions.map(\.field) == ["evidence_items"] && host.redactions[0].transform == .countOnly)

      let unknown = "\(name)/evidenceItems/\(name.dropFirst(6))"
      for (person, item) in [
        (Person.prosecutor, made), (.contributor, made), (.stranger, own), (.foreignFocalPoint, own),
      ] {
        for asked in [item.name, unknown] {
          for refused in [
            try await failure { try await harness.item(asked, as: person) },
            try await failure { try await harness.events(of: asked, as: person) },
            try await failure { try await harness.download(asked, as: person) },
            try await failure { try await harness.handOver(asked, to: "EGY", as: person) },
          ] { #expect(refused?.code == .notFound, "\(person) \(asked)") }
        }
        let hidden = try await failure { try await harness.item(item.name, as: person) }
        #expect(try await failure { try await harness.item(unknown, as: person) } == hidden)
      }
      for person in [Person.stranger, .foreignFocalPoint, .foreignCourt] {
        #expect(try await failure { try await harness.items(of: name, as: person) }?.code == .notFound, "\(person)")
      }
    }
  }

  @Test("a statement of a witness is there for whoever is cleared, and in nobody else's count")
  func witness() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let made = try await harness.item(of: name) {
        $0.type = .witnessStatement; $0.originator = "XAA"
      }
      #expect(made.classification == .strictlyConfidential)
      let hidden = try await harness.items(of: name, as: .contributor)
      #expect(hidden.evidenceItems.isEmpty && hidden.totalSize == 0)
      #expect(try await failure { try await harness.item(made.name, as: .contributor) }?.code == .notFound)
      let lowered = try await failure {
        try await harness.updateItem(made.name, ["type"]) { $0.type = .document }
      }
      #expect(lowered?.code == .failedPrecondition && lowered?.reason == "SECOND_PERSON_REQUIRED")
    }
  }

  static let impossible: [(String, @Sendable (inout PBEvidenceItem) -> Void)] = [
    ("evidence_item.type", { $0.type = .unspecified }), ("evidence_item.type", { $0.type = .UNRECOGNIZED(99) }),
    ("evidence_item.description", { $0.description_p = "" }),
    ("evidence_item.description", { $0.description_p = "a\u{202E}b" }),
    ("evidence_item.description", { $0.description_p = String(repeating: "x", count: 2001) }),
    ("evidence_item.originator", { $0.originator = "a b" }), ("evidence_item.holder", { $0.holder = "../x" }),
    ("evidence_item.custodian", { $0.custodian = "a\u{0}" }),
    ("evidence_item.collected_by", { $0.collectedBy = String(repeating: "x", count: 201) }),
    ("evidence_item.collected_date", { $0.collectedDate = ProgressHarness.day(2020, 5, 9) }),
    ("evidence_item.collected_date", { $0.collectedDate = ProgressHarness.day(2030) }),
    ("evidence_item.collected_date", { $0.collectedDate = ProgressHarness.day(2021, 2, 30) }),
    ("evidence_item.media_type", { $0.mediaType = "../etc/passwd" }),
    ("evidence_item.admissibility_notes", { $0.admissibilityNotes = "a\u{8}" }),
    ("evidence_item.classification", { $0.classification = .UNRECOGNIZED(9) }),
  ]

  @Test("what cannot be is refused with the field at fault, who may not is refused, and nothing is written")
  func refused() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      for (field, change) in Self.impossible {
        let refusal = try await failure { try await harness.item(of: name, change) }
        #expect(
          refusal?.code == .invalidArgument && refusal?.message.hasPrefix(field + ":") == true,
          "\(field) \(refusal as Any)")
      }
      for person in [Person.prosecutor, .counsel, .auditor] {
        #expect(try await failure { try await harness.item(of: name, as: person) }?.code == .permissionDenied)
      }
      // A State puts on record what is its own and what it holds.
      for change: (inout PBEvidenceItem) -> Void in [{ $0.originator = "OROLSI" }, { $0.holder = "OROLSI" }] {
        let denied = try await failure { try await harness.item(of: name, as: .contributor, change) }
        #expect(denied?.code == .permissionDenied)
      }
      #expect(try await failure { try await harness.item(of: name, as: .stranger) }?.code == .notFound)
      #expect(try await harness.count("evidence_accounts") == 0)
      #expect(try await harness.count("custody_events") == 0)
    }
  }

  @Test("an account is never changed: a later one stands for the item, and what was known then can be asked")
  func history() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let first = try await harness.item(of: name)
      let then = harness.time.now
      harness.advance(86_400)
      let second = try await harness.updateItem(first.name, ["description", "media_type"], as: .focalPoint) {
        ($0.etag, $0.description_p, $0.mediaType) = (first.etag, "The northern gate", "image/png")
      }
      #expect(second.description_p == "The northern gate" && second.type == .photograph && second.etag != first.etag)
      #expect(second.createTime == first.createTime && second.updateTime.seconds == first.updateTime.seconds + 86_400)
      #expect(try await harness.item(first.name) == second)
      #expect(try await harness.item(first.name, at: then) == first)
      let stale = try await failure {
        try await harness.updateItem(first.name, ["media_type"]) { $0.etag = first.etag }
      }
      #expect(stale?.code == .aborted && stale?.reason == "ETAG_MISMATCH")
      let fixed = try await failure { try await harness.updateItem(first.name, ["holder"]) { $0.holder = "EGY" } }
      #expect(fixed?.code == .invalidArgument && fixed?.reason == "INVALID_FIELD_MASK")
      #expect(
        try await failure { try await harness.updateItem(first.name, ["media_type"], as: .auditor) { _ in } }?.code
          == .permissionDenied)
      for table in ["evidence_accounts", "custody_events"] {
        for statement in ["UPDATE \(table) SET author_id = id", "DELETE FROM \(table)"] {
          await #expect(throws: (any Error).self) { try await harness.run(statement) }
        }
      }
    }
  }

  @Test("a receipt takes two parties: the holder hands over, the receiver confirms, and until then it is open")
  func custody() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      let early = try await failure { try await harness.receive(item.name, as: .focalPoint) }
      #expect(early?.reason == "CONDITIONS_NOT_MET" && early?.conditions.keys.contains("HANDED_OVER") == true)
      let stolen = try await failure { try await harness.handOver(item.name, to: "untso", as: .focalPoint) }
      #expect(stolen?.code == .permissionDenied)
      #expect(try await failure { try await harness.handOver(item.name, to: "a b") }?.code == .invalidArgument)

      let moving = try await harness.handOver(item.name, to: "untso", etag: item.etag)
      #expect(moving.custodyState == .inTransfer && moving.receiver == "untso" && moving.holder == "OROLSI")
      #expect(try await harness.events(of: item.name).map(\.open) == [false, true])
      let stale = try await failure { try await harness.handOver(item.name, to: "untso", etag: item.etag) }
      #expect(stale?.reason == "ETAG_MISMATCH")
      // Of another party, and of the same but the same person.
      #expect(try await failure { try await harness.receive(item.name, as: .secondOfficer) }?.code == .permissionDenied)
      let moved = try await harness.receive(item.name, as: .focalPoint)
      #expect(moved.custodyState == .held && moved.holder == "untso" && moved.receiver.isEmpty)
      #expect(moved.custodian == "Safe 3")
      let events = try await harness.events(of: item.name, pageSize: 2)
      #expect(events.map(\.kind) == [.recorded, .handedOver, .received] && events.allSatisfy { !$0.open })
      #expect(
        events.map(\.party) == ["OROLSI", "OROLSI", "untso"] && events.map(\.holder) == ["OROLSI", "untso", "untso"])
      #expect(events[2].answers == events[1].name)

      // Within one party it takes two persons.
      try await harness.handOver(item.name, to: "OROLSI", as: .focalPoint)
      try await harness.receive(item.name, as: .officer)
      try await harness.handOver(item.name, to: "OROLSI", as: .officer)
      let alone = try await failure { try await harness.receive(item.name, as: .officer) }
      #expect(alone?.code == .failedPrecondition && alone?.conditions.keys.contains("SECOND_PERSON") == true)
      #expect(try await harness.receive(item.name, as: .secondOfficer).custodyState == .held)
    }
  }

  @Test("nothing is disposed of under a hold, in transfer or before its time, nor by one person; the entry stays")
  func disposal() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      let content = ProgressHarness.noise(100)
      let stored = try await harness.upload(item.name, content)
      func conditions() async throws -> Set<String> {
        Set(try await failure { try await harness.proposeDisposal(item.name) }?.conditions.keys.map(\.self) ?? [])
      }
      #expect(try await conditions() == ["RETENTION_OVER"])
      _ = try await harness.updateItem(item.name, ["retention_date"]) {
        $0.retentionDate = ProgressHarness.day(2023, 1)
      }
      let held = try await harness.hold(item.name, as: .focalPoint, reason: "Appeal pending")
      #expect(held.legalHolds.map(\.reason) == ["Appeal pending"])
      #expect(try await conditions() == ["NO_LEGAL_HOLD"])
      for person in [Person.counsel, .auditor] {
        #expect(try await failure { try await harness.hold(item.name, as: person) }?.code == .permissionDenied)
        #expect(try await failure { try await harness.lift(item.name, as: person) }?.code == .permissionDenied)
      }
      let another = try await harness.hold(item.name)
      #expect(try await failure { try await harness.lift(item.name) }?.conditions.keys.contains("HOLD_STANDS") == true)
      #expect(try await failure { try await harness.lift(item.name, "x") }?.code == .invalidArgument)
      for hold in another.legalHolds { try await harness.lift(item.name, hold.event) }
      try await harness.handOver(item.name, to: "untso")
      #expect(try await conditions() == ["NOT_IN_TRANSFER"])
      try await harness.receive(item.name, as: .focalPoint)

      #expect(try await harness.proposeDisposal(item.name).disposalProposed)
      let alone = try await failure { try await harness.confirmDisposal(item.name, as: .officer) }
      #expect(alone?.conditions.keys.contains("SECOND_PERSON") == true)
      // A hold voids what was proposed.
      try await harness.hold(item.name)
      try await harness.lift(item.name)
      let void = try await failure { try await harness.confirmDisposal(item.name, as: .secondOfficer) }
      #expect(void?.conditions.keys.contains("DISPOSAL_PROPOSED") == true)
      #expect(try await harness.download(item.name) == content)

      try await harness.proposeDisposal(item.name)
      let gone = try await harness.confirmDisposal(item.name, as: .secondOfficer)
      #expect(gone.custodyState == .disposed && gone.sha256 == stored.sha256 && gone.keyID == stored.keyID)
      #expect(try harness.files().isEmpty)
      #expect(try await harness.item(item.name, as: .auditor) == gone)
      for refused in [
        try await failure { try await harness.download(item.name) },
        try await failure { try await harness.upload(item.name, content) },
        try await failure { try await harness.uploadState(item.name) },
        try await failure { try await harness.hold(item.name) },
        try await failure { try await harness.handOver(item.name, to: "EGY", as: .focalPoint) },
        try await failure { try await harness.updateItem(item.name, ["media_type"]) { $0.mediaType = "a/b" } },
      ] { #expect(refused?.code == .failedPrecondition && refused?.reason == "RESOURCE_ENDED") }
      let (_, keys) = try await harness.pool.execute(
        SetScope(scope: .everything), CountRows(table: "evidence_keys WHERE key IS NOT NULL"))
      #expect(keys == [0])
      #expect(try await harness.count("evidence_keys") == 1)
      for statement in ["UPDATE evidence_keys SET state = 2, key = sha256('')", "DELETE FROM evidence_keys"] {
        await #expect(throws: (any Error).self) { try await harness.run(statement) }
      }
    }
  }

  @Test("a repeated call gets the first answer, and what is only tried is not kept")
  func repeated() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      var request = PBHandOverEvidenceRequest.with {
        ($0.name, $0.receiver, $0.reason, $0.requestID) = (item.name, "untso", "test", freshRequestID())
        $0.validateOnly = true
      }
      let tried = try await harness.evidence.handOverEvidence(request, metadata: Person.officer.metadata)
      #expect(tried.custodyState == .inTransfer && tried.name.isEmpty)
      #expect(try await harness.item(item.name) == item)
      request.validateOnly = false
      let first = try await harness.evidence.handOverEvidence(request, metadata: Person.officer.metadata)
      #expect(try await harness.evidence.handOverEvidence(request, metadata: Person.officer.metadata) == first)
      #expect(try await harness.events(of: item.name).count == 2)
    }
  }

  @Test("a State's connection reads no evidence of another's case, and none reads a key")
  func wall() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      try await harness.upload(item.name, ProgressHarness.noise(10))
      for table in ["evidence_accounts", "custody_events"] {
        #expect(try await harness.count(table, of: "EGY") > 0)
        #expect(try await harness.count(table, of: "XCC") == 0)
        #expect(try await harness.count(table, of: nil) == 0)
      }
      for party in ["EGY", "untso", "XAA", nil] { #expect(try await harness.count("evidence_keys", of: party) == 0) }
      #expect(try await harness.count("evidence_keys") == 1)
    }
  }
}
