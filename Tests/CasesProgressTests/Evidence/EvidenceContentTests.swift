import AIP
import Audit
import Content
import Crypto
import Foundation
import GRPCCore
import Policy
import Postgres
import Sealing
import SwiftProtobuf
import Synchronization
import TestSupport
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("The content of evidence")
struct EvidenceContentTests {
  private static let chunk = 1 << 20

  @Test("comes back as it was uploaded, from any offset, and is stored under no name and in no form that a caller gave")
  func roundTrip() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      for (size, part) in [(1, 1), (Self.chunk, Self.chunk), (2 * Self.chunk + 77, 300_000), (3 * Self.chunk, 3 << 20)]
      {
        let item = try await harness.item(of: name) { $0.description_p = "../../etc/passwd" }
        let content = ProgressHarness.noise(size)
        let stored = try await harness.upload(item.name, content, part: part)
        #expect(stored.sizeBytes == Int64(size) && stored.sha256 == Data(SHA256.hash(data: content)))
        #expect(stored.custodyState == .held && stored.etag != item.etag && !stored.keyID.isEmpty)
        #expect(try await harness.item(item.name) == stored)
        for offset in [0, size / 2, size] {
          #expect(try await harness.download(item.name, from: Int64(offset)) == content.dropFirst(offset))
        }
        #expect(try harness.files().contains(stored.keyID))
        let kept = try Data(contentsOf: URL(filePath: harness.folder.file("content/" + stored.keyID)))
        #expect(size < 32 || kept.range(of: content.prefix(32)) == nil)
        let state = try await harness.uploadState(item.name)
        #expect(state.done && state.offset == Int64(size) && state.sha256 == stored.sha256)
        for offset in [-1, Int64(size) + 1] {
          let beyond = try await failure { try await harness.download(item.name, from: offset) }
          #expect(beyond?.code == .outOfRange && beyond?.reason == "UPLOAD_OFFSET")
        }
      }
      #expect(try harness.files().count == 4 && harness.files().allSatisfy { UUID(uuidString: $0) != nil })
    }
  }

  @Test("is read and written by whom the policy lets, and by nobody when the right is gone")
  func rights() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      let own = try await harness.item(of: name, as: .contributor)
      let content = ProgressHarness.noise(1000)
      for person in [Person.contributor, .prosecutor, .stranger] {
        #expect(
          try await failure { try await harness.upload(item.name, content, as: person) }?.code != nil, "\(person)")
      }
      #expect(try await failure { try await harness.upload(item.name, content, as: .contributor) }?.code == .notFound)
      for person in [Person.counsel, .auditor] {
        for refused in [
          try await failure { try await harness.upload(item.name, content, as: person) },
          try await failure { try await harness.uploadState(item.name, as: person) },
        ] { #expect(refused?.code == .permissionDenied, "\(person)") }
      }
      #expect(try await harness.count("evidence_keys") == 0)
      try await harness.upload(item.name, content, as: .focalPoint)
      try await harness.upload(own.name, content, as: .contributor)
      for person in [Person.officer, .focalPoint, .counsel] {
        #expect(try await harness.download(item.name, as: person) == content, "\(person)")
        #expect(try await harness.download(own.name, as: person) == content, "\(person)")
      }
      #expect(try await harness.download(own.name, as: .contributor) == content)
      // Who sees the register, and content never.
      let auditor = try await failure { try await harness.download(item.name, as: .auditor) }
      #expect(auditor?.code == .permissionDenied)
      harness.advance(1, without: .focalPoint)
      #expect(try await failure { try await harness.download(item.name, as: .focalPoint) }?.code == .permissionDenied)
    }
  }

  @Test("who uploaded, who read and who was refused is in the log before an answer leaves")
  func audit() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      try await harness.upload(item.name, ProgressHarness.noise(10))
      _ = try await harness.download(item.name, as: .counsel)
      _ = try await failure { try await harness.download(item.name, as: .auditor) }
      func records(_ method: String) async throws -> [AuditRecord] {
        try await harness.pool.execute(SelectEvidenceRecords()).map { try AuditRecord(encoded: $0) }
          .filter { $0.method == "vigil.cases.v1.EvidenceService/" + method }
      }
      let uploads = try await records("UploadEvidence")
      #expect(uploads.map(\.principal) == [Person.officer.principal] && uploads.map(\.resource) == [item.name])
      #expect(uploads.allSatisfy { $0.classes.contains(.evidenceContent) && $0.isAllowed })
      let reads = try await records("DownloadEvidence")
      #expect(reads.map(\.principal) == [Person.counsel.principal, Person.auditor.principal])
      #expect(reads.map(\.isAllowed) == [true, false] && reads.map(\.resource) == [item.name, item.name])
      #expect(reads[0].classes.contains(.evidenceContent))
      try await harness.hold(item.name)
      try await harness.handOver(item.name, to: "untso")
      for method in ["PlaceLegalHold", "HandOverEvidence"] { #expect(try await records(method).count == 1) }
    }
  }

  @Test("an upload that is cut off goes on after what has come, and nothing that was said to have come is lost")
  func resumed() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      let content = ProgressHarness.noise(3 * Self.chunk + 5)
      await #expect(throws: (any Error).self) {
        try await harness.upload(item.name, content, part: Self.chunk) { _ in
        } beside: { sent in
          guard sent == 2 * Self.chunk else { return }
          try await harness.waitForUpload(item.name, to: Int64(sent))
          throw ProgressHarness.Gone()
        }
      }
      let state = try await harness.uploadState(item.name)
      #expect(state.offset == Int64(2 * Self.chunk) && !state.done && state.sizeBytes == Int64(content.count))
      #expect(try await failure { try await harness.download(item.name) }?.conditions.keys.contains("CONTENT") == true)
      // Behind what is there.
      let beyond = try await Self.free {
        try await harness.upload(item.name, content, from: 2 * Self.chunk + 1)
      }
      #expect(beyond?.code == .outOfRange && beyond?.metadata == ["offset": String(2 * Self.chunk)])
      let stored = try await harness.upload(item.name, content, from: 2 * Self.chunk)
      #expect(stored.sizeBytes == Int64(content.count))
      #expect(try await harness.download(item.name) == content)
    }
  }

  @Test("a stream that ends too early says what has come; sent again from before that, what is known is skipped")
  func truncated() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      let content = ProgressHarness.noise(2 * Self.chunk)
      let short = try await failure {
        try await harness.upload(item.name, content.prefix(Self.chunk + 9)) {
          $0.sizeBytes = Int64(content.count)
          $0.sha256 = Data(SHA256.hash(data: content))
        }
      }
      #expect(short?.code == .dataLoss && short?.reason == "FILE_INCOMPLETE")
      #expect(short?.metadata == ["expected": String(content.count), "received": String(Self.chunk + 9)])
      #expect(try await harness.uploadState(item.name).offset == Int64(Self.chunk))
      // A chunk on the disk that was not written through is found out, and sent again.
      let file = URL(filePath: harness.folder.file("content/" + (try harness.files()[0])))
      var part = try Data(contentsOf: file)
      part[100] ^= 1
      try part.write(to: file)
      let beyond = try await failure { try await harness.upload(item.name, content, from: Self.chunk) }
      #expect(beyond?.metadata == ["offset": "0"])
      try await harness.upload(item.name, content, from: 0)
      #expect(try await harness.download(item.name) == content)
    }
  }

  @Test("of content that is not what was announced nothing is kept")
  func wrong() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      let content = ProgressHarness.noise(Self.chunk + 5)
      let other = try await failure { try await harness.upload(item.name, content) { $0.sha256 = Data(count: 32) } }
      #expect(other?.code == .dataLoss && other?.reason == "FILE_INCOMPLETE")
      #expect(try harness.files().isEmpty)
      #expect(try await harness.uploadState(item.name) == PBUploadState())
      let more = try await failure { try await harness.upload(item.name, content) { $0.sizeBytes = 10 } }
      #expect(more?.code == .dataLoss && more?.reason == "FILE_INCOMPLETE")
      #expect(try await harness.item(item.name) == item)
      // Another announcement begins anew, with another key.
      try await harness.upload(item.name, content)
      #expect(try await harness.download(item.name) == content)
      #expect(try await harness.count("evidence_keys") == 3)
      #expect(try harness.files().count == 1)
    }
  }

  static let unannounced: [(String, RPCError.Code, @Sendable (inout PBUploadEvidenceConfig) -> Void)] = [
    ("INVALID_FIELD", .invalidArgument, { $0.sizeBytes = 0 }),
    ("INVALID_FIELD", .invalidArgument, { $0.sizeBytes = -1 }),
    ("INVALID_FIELD", .invalidArgument, { $0.sha256 = Data() }),
    ("INVALID_FIELD", .invalidArgument, { $0.offset = -1 }),
    ("INVALID_FIELD", .invalidArgument, { $0.reason = "" }),
    ("INVALID_REQUEST_ID", .invalidArgument, { $0.requestID = "" }),
    ("FILE_TOO_LARGE", .outOfRange, { $0.sizeBytes = 1 << 24 + 1 }),
    ("INVALID_RESOURCE_NAME", .invalidArgument, { $0.name += "/../.." }),
    ("INVALID_RESOURCE_NAME", .invalidArgument, { $0.name = "../../etc/passwd" }),
  ]

  @Test("a bad announcement is refused before anything is stored")
  func announcements() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      for (reason, code, change) in Self.unannounced {
        let refused = try await failure { try await harness.upload(item.name, Data([1]), change) }
        #expect(refused?.code == code && refused?.reason == reason, "\(reason) \(refused as Any)")
      }
      for messages: [PBUploadEvidenceRequest] in [[], [.with { $0.chunk = Data([1]) }]] {
        let request = StreamingClientRequest<PBUploadEvidenceRequest>(metadata: Person.officer.metadata) { writer in
          for message in messages { try await writer.write(message) }
        }
        let refused = try await failure { try await harness.evidence.uploadEvidence(request: request) }
        #expect(refused?.code == .invalidArgument && refused?.reason == "INVALID_STREAM")
      }
      #expect(try harness.files().isEmpty)
      #expect(try await harness.item(item.name) == item)
    }
  }

  @Test("one upload of an item goes on at a time; finished and sent again it is answered alike")
  func twice() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      let (content, requestID) = (ProgressHarness.noise(2 * Self.chunk), freshRequestID())
      let second = Mutex<[Failure?]>([])
      let stored = try await harness.upload(item.name, content, part: Self.chunk, requestID: requestID) { _ in
      } beside: { sent in
        try await harness.waitForUpload(item.name, to: Int64(sent))
        for other in [content, ProgressHarness.noise(50)] {
          let refused = try await failure { try await harness.upload(item.name, other) }
          second.withLock { $0.append(refused) }
        }
      }
      let refusals = second.withLock { $0 }
      #expect(refusals.count == 2)
      #expect(refusals.allSatisfy { $0?.code == .aborted && $0?.reason == "UPLOAD_IN_PROGRESS" })
      for id in [requestID, freshRequestID()] {
        #expect(try await harness.upload(item.name, content, requestID: id) == stored)
      }
      #expect(try await harness.events(of: item.name).map(\.kind) == [.recorded, .contentStored])
      let other = try await failure { try await harness.upload(item.name, ProgressHarness.noise(50)) }
      #expect(other?.code == .failedPrecondition && other?.conditions.keys.contains("NO_CONTENT") == true)
      #expect(try await harness.download(item.name) == content)
    }
  }

  @Test("what the process had stored and not put on record when it died is taken up")
  func died() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      let content = ProgressHarness.noise(Self.chunk + 5)
      _ = try await failure {
        try await harness.upload(item.name, content.prefix(Self.chunk)) {
          $0.sizeBytes = Int64(content.count)
          $0.sha256 = Data(SHA256.hash(data: content))
        }
      }
      // As a process leaves it that dies after it has stored all of it.
      let (_, keys) = try await harness.pool.execute(
        SetScope(scope: .everything), SelectUnsealedEvidenceKeys(mark: [0]))
      var key = try #require(keys.first)
      key.attempts.append(1)
      let draft = try await harness.archive.store.draft(of: key.id)
      var intake = try await ContentIntake(draft, try harness.archive.format(key))
      intake.begin(key.attempts)
      try await intake.take(content[Self.chunk...])
      try await draft.finish()
      draft.close()
      _ = try await harness.pool.execute(SetScope(scope: .everything), UpdateEntry(entry: key))
      #expect(try await harness.uploadState(item.name).offset == Int64(content.count))
      #expect(try await !harness.uploadState(item.name).done)
      let stored = try await harness.upload(item.name, content, from: content.count)
      #expect(stored.keyID == key.id.description)
      #expect(try await harness.download(item.name) == content)
    }
  }

  @Test("a full disk is told, leaves what was acknowledged, and is gone on from when there is room")
  func full() async throws {
    let tight = Mutex<TightStore?>(nil)
    try await ProgressHarness.run { folder in
      let store = TightStore(folder, room: Self.chunk + 1000)
      tight.withLock { $0 = store }
      return store
    } _: { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      let content = ProgressHarness.noise(3 * Self.chunk)
      let full = try await failure { try await harness.upload(item.name, content) }
      #expect(full?.code == .resourceExhausted && full?.reason == "STORAGE_FULL")
      #expect(try await harness.item(item.name) == item)
      #expect(try await harness.uploadState(item.name).offset == Int64(Self.chunk))
      tight.withLock { $0?.widen() }
      try await harness.upload(item.name, content, from: Self.chunk)
      #expect(try await harness.download(item.name) == content)
    }
  }

  @Test("content that was changed, cut off, exchanged or lost is told to be damaged, and nothing of it is given out")
  func damaged() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let item = try await harness.item(of: name)
      let other = try await harness.item(of: name)
      let content = ProgressHarness.noise(2 * Self.chunk)
      let stored = try await harness.upload(item.name, content)
      let exchanged = try await harness.upload(other.name, content)
      let file = URL(filePath: harness.folder.file("content/" + stored.keyID))
      let whole = try Data(contentsOf: file)
      let sealed = Self.chunk + 16
      var changed = whole
      changed[3] ^= 1
      let others = try Data(contentsOf: URL(filePath: harness.folder.file("content/" + exchanged.keyID)))
      for bytes in [changed, whole.prefix(sealed), whole[sealed...] + whole.prefix(sealed), others, Data()] {
        try bytes.write(to: file)
        let refused = try await failure { try await harness.download(item.name) }
        #expect(refused?.code == .dataLoss && refused?.reason == "CONTENT_DAMAGED")
      }
      try FileManager.default.removeItem(at: file)
      #expect(try await failure { try await harness.download(item.name) }?.reason == "CONTENT_DAMAGED")
      try whole.write(to: file)
      #expect(try await harness.download(item.name) == content)
    }
  }

  @Test("keys are sealed in the schema, in their own place, and anew when the key that seals changes")
  func keys() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let content = ProgressHarness.noise(100)
      let items = [try await harness.item(of: name), try await harness.item(of: name)]
      for item in items { try await harness.upload(item.name, content) }
      let select = SelectUnsealedEvidenceKeys(mark: [0])
      let (_, before) = try await harness.pool.execute(SetScope(scope: .everything), select)
      #expect(before.count == 2 && before.allSatisfy { $0.sealed?.starts(with: harness.archive.vault.mark) == true })
      // One in the place of another does not open.
      var moved = before[0]
      moved.sealed = before[1].sealed
      #expect(throws: (any Error).self) { try harness.archive.format(moved) }

      let new = Vault.newKey()
      // A key with which nothing was sealed opens nothing, and changes nothing.
      await #expect(throws: (any Error).self) { try await EvidenceResealing.step(Vault(new), harness.pool) }
      #expect(try await EvidenceResealing.step(harness.archive.vault, harness.pool))
      let both = Vault(new, older: [ProgressHarness.sealingKey])
      #expect(try await !EvidenceResealing.step(both, harness.pool))
      #expect(try await EvidenceResealing.step(both, harness.pool))
      let (_, after) = try await harness.pool.execute(SetScope(scope: .everything), select)
      let later = EvidenceArchive(store: harness.archive.store, vault: Vault(new), limit: 1)
      for key in after { _ = try later.format(key) }
      #expect(after.allSatisfy { $0.sealed?.starts(with: both.mark) == true })
      // Whoever has the old key alone reads nothing any more.
      #expect(try await failure { try await harness.download(items[0].name) }?.code == .internalError)
    }
  }
}

extension EvidenceContentTests {
  /// What `body` fails with once nobody else has the item: a client that is gone may not be known to be.
  static func free(_ body: () async throws -> some Any) async throws -> Failure? {
    while true {
      let failed = try await failure(body)
      guard failed?.reason == "UPLOAD_IN_PROGRESS" else { return failed }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
