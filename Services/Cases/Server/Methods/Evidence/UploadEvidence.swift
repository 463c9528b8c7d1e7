import AIP
import Content
import FoundationEssentials
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf
import VigilCasesAPI

extension EvidenceService {
  func uploadEvidence(
    request: RPCAsyncSequence<PBUploadEvidenceRequest, any Error>, context: ServerContext
  ) async throws -> PBEvidenceItem {
    // To digest and seal takes longer than the event loop of a connection has.
    try await withTaskExecutorPreference(globalConcurrentExecutor) {
      // Who may not call is not told what a request must be.
      _ = try await ledger.gate.readers.current()
      var messages = request.makeAsyncIterator()
      guard case .config(let config)? = try await messages.next(isolation: #isolation)?.payload else {
        throw EvidenceUpload.misplaced("the first message must hold config", expected: "config")
      }
      let upload = try EvidenceUpload(config, limit: archive.limit)
      return try await withContent {
        guard let key = try await begin(upload, context) else { return try await finish(upload, nil, context) }
        let draft = try await archive.store.draft(of: key.id)
        defer { draft.close() }
        guard let key = try await take(&messages, upload, key.id, draft, context) else {
          return try await finish(upload, nil, context)
        }
        try await draft.finish()
        return try await finish(upload, key, context)
      }
    }
  }

  /// The key to upload with: the one with which the same was begun, or a new one.
  ///
  /// - Returns: nil for what is stored already.
  private func begin(_ upload: EvidenceUpload, _ context: ServerContext) async throws -> EvidenceKey? {
    guard let found = try await key(of: upload, context, instead: nil) else { return nil }
    guard !found.isOf(size: upload.size, sha256: upload.sha256) else { return found }
    // Of another announcement: nobody may be at it when it is given up.
    let draft = try await archive.store.draft(of: found.id)
    defer { draft.close() }
    let key = try await key(of: upload, context, instead: found.id)
    try await archive.store.remove(found.id)
    return key
  }

  /// - Parameter former: the key that is given up for the one of this upload.
  private func key(
    of upload: EvidenceUpload, _ context: ServerContext, instead former: RecordID?
  ) async throws -> EvidenceKey? {
    try await withItem(upload.name, context) { transaction, item in
      try judging(upload.name) { () throws(CustodyRefusal) in
        try item.checkUpload(size: upload.size, sha256: upload.sha256)
      }
      guard item.content == nil else { return nil }
      if var found = try await transaction.execute(SelectEvidenceKey(item: item.id)).first {
        guard found.id == former else { return found }
        found.destroy(at: ledger.clock.now())
        _ = try await transaction.execute(UpdateEntry(entry: found))
      }
      let key = try archive.newKey(
        ledger.newID(), of: item, size: upload.size, sha256: upload.sha256, at: ledger.clock.now())
      _ = try await transaction.execute(InsertEntry(entry: key))
      return key
    }
  }

  /// Takes in what comes, after what has come before.
  ///
  /// - Returns: the key with this attempt; nil for what others have stored meanwhile.
  private func take(
    _ messages: inout RPCAsyncSequence<PBUploadEvidenceRequest, any Error>.AsyncIterator, _ upload: EvidenceUpload,
    _ id: RecordID, _ draft: any ContentDraft, _ context: ServerContext
  ) async throws -> EvidenceKey? {
    // What was read before the draft was this upload's alone may be old.
    guard var key = try await key(of: upload, context, instead: nil) else { return nil }
    guard key.id == id else { throw ServiceError.uploadInProgress }
    var intake = try await ContentIntake(draft, try archive.format(key))
    guard upload.offset <= intake.taken else {
      try await draft.settle()
      throw ServiceError.uploadOffset("the upload is at \(intake.taken)", intake.taken)
    }
    if let chunk = intake.nextChunk {
      key.attempts.append(chunk)
      try await record(key, upload, context)
      intake.begin(key.attempts)
    }
    var known = Int(intake.taken - upload.offset)
    while let message = try await messages.next(isolation: #isolation) {
      guard case .chunk(let bytes)? = message.payload else {
        throw EvidenceUpload.misplaced("every message after the first must hold a chunk", expected: "chunk")
      }
      let part = bytes.dropFirst(known)
      known -= bytes.count - part.count
      try await intake.take(part)
    }
    guard intake.taken == upload.size else { throw upload.incomplete(intake.taken) }
    guard intake.isComplete(Data(upload.sha256)) else {
      try await discard(key, upload, context)
      throw ServiceError(.dataLoss, .fileIncomplete, "the content does not have the announced digest")
    }
    return key
  }

  /// Makes an attempt durable, before anything is sealed in it.
  private func record(_ key: EvidenceKey, _ upload: EvidenceUpload, _ context: ServerContext) async throws {
    try await withItem(upload.name, context) { transaction, item in
      let found = try await transaction.execute(SelectEvidenceKey(item: item.id)).first
      guard found?.id == key.id, found?.attempts == key.attempts.dropLast() else { throw ServiceError.uploadInProgress }
      _ = try await transaction.execute(UpdateEntry(entry: key))
    }
  }

  /// Keeps nothing of what is not what was announced.
  private func discard(_ key: EvidenceKey, _ upload: EvidenceUpload, _ context: ServerContext) async throws {
    try await withItem(upload.name, context) { transaction, item in
      guard var found = try await transaction.execute(SelectEvidenceKey(item: item.id)).first, found.id == key.id else {
        throw ServiceError.uploadInProgress
      }
      found.destroy(at: ledger.clock.now())
      _ = try await transaction.execute(UpdateEntry(entry: found))
    }
    try await archive.store.remove(key.id)
  }

  /// Puts on record that the content is stored; the right must be there still.
  ///
  /// - Parameter key: nil for what is on record already.
  private func finish(
    _ upload: EvidenceUpload, _ key: EvidenceKey?, _ context: ServerContext
  ) async throws -> PBEvidenceItem {
    try await ledger.record(
      upload.config, asking: upload.name, for: .contribute, Self.contentClasses, context
    ) { change, dossier in
      let item = try change.sight.item(upload.name, dossier.items)
      try change.sight.requireChange(of: item.account.originator, Self.contentClasses)
      try judging(upload.name) { () throws(CustodyRefusal) in
        try item.checkUpload(size: upload.size, sha256: upload.sha256)
      }
      guard item.content == nil else { return try change.shown(item, dossier) { $0.show($1) } }
      guard var found = try await change.transaction.execute(SelectEvidenceKey(item: item.id)).first, let key,
        found.id == key.id, found.attempts == key.attempts
      else { throw ServiceError.uploadInProgress }
      found.state = .stored
      _ = try await change.transaction.execute(UpdateEntry(entry: found))
      var event = change.event(.contentStored, of: item.id)
      event.content = CustodyEvent.Content(key: key.id, size: key.size, sha256: key.sha256)
      return try await change.add(event, to: item, dossier)
    }
  }
}
