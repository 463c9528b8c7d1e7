import AIP
import Authorization
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf
import VigilCasesAPI

extension ExchangeRegister {
  /// Puts on record what the caller's party gives or asks for.
  ///
  /// - Parameters:
  ///   - message: what it says.
  ///   - caseID: what it is about; nil for a case that is only described.
  ///   - judge: throws for who may not.
  ///   - fill: says what else is on record of it.
  /// - Throws: what these throw; NOT_FOUND for a case that the caller may not see.
  func create<Request: ChangeRequest, Message: ExchangeMessage>(
    _ request: Request, _ message: Message, about caseID: RecordID?, _ context: ServerContext,
    allowing judge: (CaseSight) throws -> Void, fill: (inout ExchangeRecord) throws -> Void
  ) async throws -> Message {
    let (reader, id) = (try await reads.gate.readers.current(), ledger.newID())
    let subject = caseID.map { CaseName($0).description } ?? ""
    let hidden = caseID.map { ServiceError.notFound(CaseName($0)) } ?? .refused
    return try await reads.trace.recordingRefusal(of: subject, or: hidden, to: reader.requester, context) {
      try await ledger.record(request, Message.recordClasses, context) { transaction in
        _ = try await transaction.execute(SetScope(scope: .everything))
        let reader = try await reads.gate.readers.current()
        let sight =
          if let caseID {
            try await reads.gate.sight(asking: CaseName(caseID), for: reader, in: transaction)
          } else {
            CaseSight(try draft(message, id, about: nil, reader), about: nil, reader)
          }
        try judge(sight)
        return sight
      } _: { change in
        var record = try draft(message, id, about: caseID, change.sight.reader)
        try fill(&record)
        record.createTime = change.now
        record.recordTime = change.now
        return try await keep(record, change)
      }
    }
  }

  private func draft(
    _ message: some ExchangeMessage, _ id: RecordID, about caseID: RecordID?, _ reader: CaseReader
  ) throws -> ExchangeRecord {
    let requester = reader.requester
    return ExchangeRecord(
      id: id, kind: type(of: message).recordKind, caseID: caseID, party: requester.party,
      content: try message.serializedBytes(), creator: requester.principal, author: requester.principal)
  }

  /// Changes a record that the caller may see. Changes of one record follow one another.
  ///
  /// - Parameters:
  ///   - etag: what the record's must be, or empty.
  ///   - classes: what is changed, for the log.
  ///   - body: judges and writes; gives the resource as it is then.
  func change<Request: ChangeRequest, Message: ExchangeMessage, Answer: ExchangeMessage>(
    _ request: Request, _ name: RecordName<Message>, etag: String,
    changing classes: DataClassSet = Message.recordClasses,
    _ context: ServerContext, _ body: (CaseChange, ExchangeView) async throws -> Answer
  ) async throws -> Answer {
    let reader = try await reads.gate.readers.current()
    return try await recordingRefusal(of: name, to: reader, context) {
      try await ledger.record(request, classes, context) { transaction in
        _ = try await transaction.execute(
          SetScope(scope: .everything), LockVersions<ExchangeRecord>(id: name.id))
        let reader = try await reads.gate.readers.current()
        return try await shown(name, to: reader, in: transaction).sight
      } _: { change in
        let view = try await shown(name, to: change.sight.reader, in: change.transaction)
        try Etag(revision: view.record.revision).check(etag)
        return try await body(change, view)
      }
    }
  }

  /// - Throws: NOT_FOUND for a record that there is not or that the caller may not know of.
  func shown<Message: ExchangeMessage>(
    _ name: RecordName<Message>, to reader: CaseReader, in transaction: PostgresTransaction
  ) async throws -> ExchangeView {
    guard let view = try await find(name, for: reader, in: transaction), view.isShown else {
      throw ServiceError.notFound(name)
    }
    return view
  }

  /// Ends the version before and puts this one on record.
  func keep<Message: ExchangeMessage>(_ record: ExchangeRecord, _ change: CaseChange) async throws -> Message {
    _ = try await change.transaction.execute(EndVersion(next: record), InsertVersion(record: record))
    let views = try await views(of: [record], for: change.sight.reader, in: change.transaction)
    guard let view = views.first, view.isShown else { throw ServiceError.refused }
    return try Message(view)
  }
}

extension ExchangeView {
  /// The next version of the record, by whoever makes the change, saying something else.
  func next(_ content: some ExchangeMessage, _ change: CaseChange) throws -> ExchangeRecord {
    var record = record.next(by: change.author, at: change.now)
    record.content = try content.serializedBytes()
    return record
  }
}
