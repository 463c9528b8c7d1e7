import AIP
import Content
import Crypto
import Foundation
import GRPCCore
import Postgres
import SwiftProtobuf
import Synchronization
import TestSupport
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

// Short forms of calls about evidence.
extension ProgressHarness {
  @discardableResult
  func item(
    of name: String, as person: Person = .officer, _ change: (inout PBEvidenceItem) -> Void = { _ in }
  ) async throws -> PBEvidenceItem {
    var request = PBCreateEvidenceItemRequest.with {
      $0.parent = name
      $0.evidenceItem.type = .photograph
      $0.evidenceItem.description_p = "The gate"
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request.evidenceItem)
    return try await evidence.createEvidenceItem(request, metadata: person.metadata)
  }

  func item(
    _ name: String, as person: Person = .officer, at time: Google_Protobuf_Timestamp? = nil
  ) async throws -> PBEvidenceItem {
    var request = PBGetEvidenceItemRequest.with { $0.name = name }
    if let time { request.readTime = time }
    return try await evidence.getEvidenceItem(request, metadata: person.metadata)
  }

  func items(of name: String, as person: Person = .officer) async throws -> PBListEvidenceItemsResponse {
    try await evidence.listEvidenceItems(.with { $0.parent = name }, metadata: person.metadata)
  }

  func updateItem(
    _ name: String, _ paths: [String], as person: Person = .officer, _ change: (inout PBEvidenceItem) -> Void
  ) async throws -> PBEvidenceItem {
    var request = PBUpdateEvidenceItemRequest.with {
      $0.evidenceItem.name = name
      $0.updateMask.paths = paths
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request.evidenceItem)
    return try await evidence.updateEvidenceItem(request, metadata: person.metadata)
  }

  @discardableResult
  func handOver(
    _ name: String, to receiver: String, as person: Person = .officer, etag: String = ""
  ) async throws -> PBEvidenceItem {
    let request = PBHandOverEvidenceRequest.with {
      ($0.name, $0.receiver, $0.etag) = (name, receiver, etag)
      ($0.reason, $0.requestID) = ("test", freshRequestID())
    }
    return try await evidence.handOverEvidence(request, metadata: person.metadata)
  }

  @discardableResult
  func receive(_ name: String, as person: Person, custodian: String = "Safe 3") async throws -> PBEvidenceItem {
    let request = PBReceiveEvidenceRequest.with {
      ($0.name, $0.custodian) = (name, custodian)
      ($0.reason, $0.requestID) = ("test", freshRequestID())
    }
    return try await evidence.receiveEvidence(request, metadata: person.metadata)
  }

  func events(
    of name: String, as person: Person = .officer, pageSize: Int32 = 0
  ) async throws -> [PBCustodyEvent] {
    var request = PBListCustodyEventsRequest.with { ($0.parent, $0.pageSize) = (name, pageSize) }
    var events: [PBCustodyEvent] = []
    repeat {
      let page = try await evidence.listCustodyEvents(request, metadata: person.metadata)
      events += page.custodyEvents
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return events
  }

  @discardableResult
  func hold(_ name: String, as person: Person = .officer, reason: String = "appeal") async throws -> PBEvidenceItem {
    let request = PBPlaceLegalHoldRequest.with {
      ($0.name, $0.reason, $0.requestID) = (name, reason, freshRequestID())
    }
    return try await evidence.placeLegalHold(request, metadata: person.metadata)
  }

  @discardableResult
  func lift(_ name: String, _ hold: String = "", as person: Person = .officer) async throws -> PBEvidenceItem {
    let request = PBLiftLegalHoldRequest.with {
      ($0.name, $0.hold, $0.reason, $0.requestID) = (name, hold, "over", freshRequestID())
    }
    return try await evidence.liftLegalHold(request, metadata: person.metadata)
  }

  @discardableResult
  func proposeDisposal(_ name: String, as person: Person = .officer) async throws -> PBEvidenceItem {
    let request = PBProposeDisposalRequest.with {
      ($0.name, $0.reason, $0.requestID) = (name, "retention is over", freshRequestID())
    }
    return try await evidence.proposeDisposal(request, metadata: person.metadata)
  }

  @discardableResult
  func confirmDisposal(_ name: String, as person: Person) async throws -> PBEvidenceItem {
    let request = PBConfirmDisposalRequest.with {
      ($0.name, $0.reason, $0.requestID) = (name, "agreed", freshRequestID())
    }
    return try await evidence.confirmDisposal(request, metadata: person.metadata)
  }
}

// Content.
extension ProgressHarness {
  /// What a client throws that goes away.
  struct Gone: Error {}

  /// Uploads content from an offset on.
  ///
  /// - Parameters:
  ///   - change: of what is announced.
  ///   - beside: is called before each part but the first, with how many bytes were sent.
  @discardableResult
  func upload(
    _ name: String, _ content: Data, from offset: Int = 0, as person: Person = .officer, part: Int = 300_000,
    requestID: String = freshRequestID(), _ change: (inout PBUploadEvidenceConfig) -> Void = { _ in },
    beside: @escaping @Sendable (Int) async throws -> Void = { _ in }
  ) async throws -> PBEvidenceItem {
    var config = PBUploadEvidenceConfig.with {
      $0.name = name
      $0.offset = Int64(offset)
      $0.sizeBytes = Int64(content.count)
      $0.sha256 = Data(SHA256.hash(data: content))
      $0.reason = "test"
      $0.requestID = requestID
    }
    change(&config)
    let announced = config
    let request = StreamingClientRequest<PBUploadEvidenceRequest>(metadata: person.metadata) { writer in
      try await writer.write(.with { $0.config = announced })
      for start in stride(from: offset, to: content.count, by: part) {
        if start > offset { try await beside(start - offset) }
        let bytes = content[start..<min(start + part, content.count)]
        try await writer.write(.with { $0.chunk = bytes })
      }
    }
    return try await evidence.uploadEvidence(request: request)
  }

  func uploadState(_ name: String, as person: Person = .officer) async throws -> PBUploadState {
    try await evidence.getUploadState(.with { $0.name = name }, metadata: person.metadata)
  }

  /// Returns once so much of an upload has been stored.
  func waitForUpload(_ name: String, to offset: Int64) async throws {
    while try await uploadState(name).offset < offset { try await Task.sleep(for: .milliseconds(5)) }
  }

  func download(_ name: String, from offset: Int64 = 0, as person: Person = .officer) async throws -> Data {
    let request = PBDownloadEvidenceRequest.with { ($0.name, $0.offset) = (name, offset) }
    return try await evidence.downloadEvidence(request, metadata: person.metadata) { response in
      var content = Data()
      for try await message in response.messages {
        precondition(!message.chunk.isEmpty && message.chunk.count <= 1 << 20)
        content += message.chunk
      }
      return content
    }
  }

  /// What the folder of content holds.
  func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.file("content")).sorted()
  }

  /// Bytes that do not repeat.
  static func noise(_ size: Int) -> Data {
    Data((try? AES.GCM.seal(Data(count: size), using: SymmetricKey(size: .bits256)))?.ciphertext ?? Data())
  }
}

/// A folder on a disk with little room.
final class TightStore: ContentStore {
  private let store: ContentDirectory
  private let room: Mutex<Int>

  init(_ store: ContentDirectory, room: Int) {
    self.store = store
    self.room = Mutex(room)
  }

  func widen() { room.withLock { $0 = .max } }

  fileprivate func use(_ count: Int) throws(ContentFault) {
    let fits = room.withLock { room in
      guard room >= count else { return false }
      room -= count
      return true
    }
    guard fits else { throw .full }
  }

  func draft(of id: RecordID) async throws(ContentFault) -> any ContentDraft {
    TightDraft(store: self, draft: try await store.draft(of: id))
  }

  func settledSize(of id: RecordID) async throws(ContentFault) -> Int64 { try await store.settledSize(of: id) }
  func content(of id: RecordID) async throws(ContentFault) -> any StoredContent { try await store.content(of: id) }
  func remove(_ id: RecordID) async throws(ContentFault) { try await store.remove(id) }
}

private struct TightDraft: ContentDraft {
  let store: TightStore
  let draft: any ContentDraft

  func size() async throws(ContentFault) -> Int64 { try await draft.size() }
  func read(at offset: Int64, count: Int, after room: Int) async throws(ContentFault) -> Data {
    try await draft.read(at: offset, count: count, after: room)
  }
  func close() { draft.close() }
  func write(_ bytes: Data, at offset: Int64) async throws(ContentFault) {
    try store.use(bytes.count)
    try await draft.write(bytes, at: offset)
  }
  func truncate(to size: Int64) async throws(ContentFault) { try await draft.truncate(to: size) }
  func settle() async throws(ContentFault) { try await draft.settle() }
  func finish() async throws(ContentFault) { try await draft.finish() }
}

/// What was recorded for the log.
struct SelectEvidenceRecords: PostgresStatement {
  var sql: String { "SELECT record FROM audit_records ORDER BY xact, id" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [UInt8] { try row.decode() }
}
