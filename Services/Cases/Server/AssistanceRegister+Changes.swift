import AIP
import Authorization
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf
import VigilCasesAPI

extension AssistanceRegister {
  /// Puts something on record.
  ///
  /// - Throws: INVALID_ARGUMENT for what cannot be; NOT_FOUND for what it is about and the caller may not see;
  ///   PERMISSION_DENIED for a caller who neither writes nor asks for its own State.
  func create<Request: ChangeRequest, Message: AssistanceMessage>(
    _ request: Request, _ message: Message, _ context: ServerContext
  ) async throws -> Message {
    // Who may not call is not told what a record must be.
    _ = try await reads.gate.readers.current()
    let draft = try message.draft(today: PartialDate(dayOf: ledger.clock.now()))
    let id = ledger.newID()
    return try await ledger.record(request, [.assistance], context) { transaction in
      _ = try await transaction.execute(SetScope(scope: .everything))
      let reader = try await reads.gate.readers.current()
      let sight = AssistanceView(try await place(draft, id, for: reader, in: transaction), linked: [], reader).sight
      if sight.mayWrite(.assistance) { return sight }
      guard Message.recordKind == .request, sight.mayAsk(for: draft.hostState) else { throw ServiceError.refused }
      return sight
    } _: { change in
      let isProposed = !change.sight.mayWrite(.assistance)
      if Message.recordKind == .request, !isProposed { try draft.requireDocument(field: Message.field) }
      var file = try await place(draft, id, for: change.sight.reader, in: change.transaction)
      guard file.isHostOnRecord || draft.hostState == nil else {
        throw ServiceError.invalid("\(Message.field).host_state", "must be a State that hosts or hosted the mission")
      }
      if Message.recordKind == .request { file.record.state = isProposed ? .proposed : .requested }
      file.record.isInEffect = !isProposed
      file.record.content = try message.kept.serializedBytes()
      file.record.author = change.author
      file.record.creator = change.author
      file.record.createTime = change.now
      file.record.recordTime = change.now
      return try await keep(file, change)
    }
  }

  /// Makes another version of a record.
  func update<Request: AssistanceUpdateRequest, Message: AssistanceMessage>(
    _ request: Request, _ message: Message, _ context: ServerContext
  ) async throws -> Message {
    let name = try AssistanceName<Message>(parsing: message.name, field: "\(Message.field).name")
    let paths = request.hasUpdateMask ? request.updateMask.paths : []
    let mask = try RegisterField.mask(paths, of: message, in: Message.fields)
    return try await change(request, name, context) { change, view in
      try change.sight.require(.write, [.assistance])
      try Etag(revision: view.record.revision).check(message.etag)
      var content = try Message(serializedBytes: view.record.content)
      for field in mask { field.copy(&content, message) }
      let draft = try content.draft(today: change.today)
      try await checkCases(draft.cases.filter { !view.record.cases.contains($0) }, change)
      var file = view.file
      file.record = view.record.next(by: change.author, at: change.now)
      file.record.parties = draft.parties
      file.record.cases = draft.cases
      file.record.content = try content.kept.serializedBytes()
      return try await keep(file, change)
    }
  }

  /// Changes a record that the caller may see. Changes of one record follow one another.
  func change<Request: ChangeRequest, Message: AssistanceMessage>(
    _ request: Request, _ name: AssistanceName<Message>, _ context: ServerContext,
    _ body: (CaseChange, AssistanceView) async throws -> Message
  ) async throws -> Message {
    try await ledger.record(request, [.assistance], context) { transaction in
      _ = try await transaction.execute(SetScope(scope: .everything), LockVersions<AssistanceRecord>(id: name.id))
      let reader = try await reads.gate.readers.current()
      guard let view = try await find(name, for: reader, in: transaction), view.isShown else {
        throw ServiceError.notFound(name)
      }
      return view.sight
    } _: { change in
      guard let view = try await find(name, for: change.sight.reader, in: change.transaction) else {
        throw ServiceError.notFound(name)
      }
      return try await body(change, view)
    }
  }

  /// Ends the version before and puts this one on record.
  func keep<Message: AssistanceMessage>(_ file: AssistanceFile, _ change: CaseChange) async throws -> Message {
    _ = try await change.transaction.execute(
      EndVersion(next: file.record), InsertVersion(record: file.record))
    let views = try await views(of: [file], for: change.sight.reader, in: change.transaction)
    guard let message: Message = try views.first?.show() else { throw ServiceError.refused }
    return message
  }

  /// The record that a draft makes, in the mission and for the State that it, or the request that it answers, names.
  private func place(
    _ draft: AssistanceDraft, _ id: RecordID, for reader: CaseReader, in transaction: PostgresTransaction
  ) async throws -> AssistanceFile {
    var record = AssistanceRecord(
      id: id, kind: draft.kind, mission: draft.mission, hostState: draft.hostState, parties: draft.parties,
      cases: draft.cases, request: draft.request, isInEffect: true, content: [], creator: reader.requester.principal,
      author: reader.requester.principal, createTime: .infinity, recordTime: .infinity)
    if let request = draft.request {
      let answered = try await self.answered(request, for: reader, in: transaction)
      record.mission = answered.mission
      record.hostState = answered.hostState
    }
    if let mission = record.mission {
      guard try await transaction.execute(SelectMissions()).contains(where: { $0.id == mission }) else {
        throw ServiceError.notFound(type: "vigil.un.org/Mission", name: MissionName(mission).description)
      }
    }
    try await checkCases(record.cases, for: reader, in: transaction)
    guard let mission = record.mission, let state = record.hostState else {
      return AssistanceFile(record: record, isHostOnRecord: false)
    }
    let isHost = try await transaction.execute(SelectIsHost(mission: mission, state: state)).first ?? false
    return AssistanceFile(record: record, isHostOnRecord: isHost)
  }

  /// - Throws: NOT_FOUND for a request that the caller may not see; FAILED_PRECONDITION unless it is being answered.
  private func answered(
    _ id: RecordID, for reader: CaseReader, in transaction: PostgresTransaction
  ) async throws -> AssistanceRecord {
    let name = AssistanceName<PBAssistanceRequest>(id)
    guard let view = try await find(name, for: reader, in: transaction), view.isShown else {
      throw ServiceError.notFound(name)
    }
    guard let state = view.record.state, state.isAnswered else {
      throw ServiceError(
        AssistanceRefusal.notAllowed(after: view.record.state ?? .proposed, allowed: [.accepted, .inDelivery]),
        on: name.description)
    }
    return view.record
  }

  private func checkCases(_ cases: [RecordID], _ change: CaseChange) async throws {
    try await checkCases(cases, for: change.sight.reader, in: change.transaction)
  }

  /// - Throws: NOT_FOUND for a case that the caller may not see.
  private func checkCases(
    _ cases: [RecordID], for reader: CaseReader, in transaction: PostgresTransaction
  ) async throws {
    for id in cases { _ = try await reads.gate.sight(asking: CaseName(id), for: reader, in: transaction) }
  }
}

/// A request for another version of a record.
protocol AssistanceUpdateRequest: ChangeRequest {
  var hasUpdateMask: Bool { get }
  var updateMask: Google_Protobuf_FieldMask { get }
}
