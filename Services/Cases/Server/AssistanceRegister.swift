import AIP
import Authorization
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf
import VigilCasesAPI

/// Reads and changes the register of assistance, whatever the resource: each by its caller's rights.
struct AssistanceRegister: Sendable {
  let reads: CaseReads
  let ledger: CaseLedger

  // MARK: Reads

  /// - Throws: NOT_FOUND for a record that there is not or that the caller may not know of.
  func get<Request: AssistanceGetRequest, Message: AssistanceMessage>(
    _ request: Request, _ context: ServerContext
  ) async throws -> Message {
    let name = try AssistanceName<Message>(parsing: request.name)
    let reader = try await reads.gate.readers.current()
    let time = try reads.readTime(request.hasReadTime ? request.readTime : nil)
    let view = try await reads.pool.withTransaction(isolation: .repeatableRead, readOnly: true) { transaction in
      _ = try await transaction.execute(SetScope(scope: reader.scope))
      return try await find(name, at: time, for: reader, in: transaction)
    }
    guard let message: Message = try view?.show() else { throw ServiceError.notFound(name) }
    try await reads.trace.note([message.name], to: reader.requester, context)
    return message
  }

  /// A page of the records of a kind that the caller may see.
  func list<Request: AssistanceListRequest, Message: AssistanceMessage>(
    _ request: Request, _ context: ServerContext, of type: Message.Type = Message.self
  ) async throws -> (shown: [Message], nextPageToken: String) {
    let reader = try await reads.gate.readers.current()
    let size = try PageSize(standard: 100, maximum: 500).resolve(request.pageSize)
    let filter = try Message.filter(request.filter)
    let digest = QueryDigest(Request.protoMessageName, request.filter)
    let now = reads.clock.seconds
    let key = try await reads.tokens.open(request.pageToken, query: digest, now: now)
    let after = key.flatMap { RecordID(String(decoding: $0, as: UTF8.self)) }
    let found = try await reads.pool.withTransaction(isolation: .repeatableRead, readOnly: true) { transaction in
      _ = try await transaction.execute(SetScope(scope: reader.scope))
      return try await page(after: after, size + 1, for: reader, in: transaction) { (message: Message) in
        filter.holds { $0.holds(for: message.facets) }
      }
    }
    let shown = found.prefix(size)
    try await reads.trace.note(shown.map(\.message.name), to: reader.requester, context)
    guard found.count > size, let last = shown.last else { return (shown.map(\.message), "") }
    let next = try await reads.tokens.seal(Array(last.id.description.utf8), query: digest, now: now)
    return (shown.map(\.message), next)
  }

  /// Records as the reader sees them, until there are enough. The database gives what the reader has to do with at all.
  private func page<Message: AssistanceMessage>(
    after start: RecordID?, _ size: Int, for reader: CaseReader, in transaction: PostgresTransaction,
    where isMeant: (Message) -> Bool
  ) async throws -> [(id: RecordID, message: Message)] {
    let step = 500
    var after = start
    var shown: [(id: RecordID, message: Message)] = []
    while shown.count < size {
      let select = SelectAssistance(selection: .page(Message.recordKind, after: after, limit: Int64(step)))
      let files = try await transaction.execute(select)
      for view in try await views(of: files, for: reader, in: transaction) {
        guard let message: Message = try view.show(), isMeant(message) else { continue }
        shown.append((view.record.id, message))
      }
      guard files.count == step, let last = files.last else { break }
      after = last.record.id
    }
    return Array(shown.prefix(size))
  }

  // MARK: What the reader sees

  func find<Message>(
    _ name: AssistanceName<Message>, at time: PostgresTimestamp = .infinity, for reader: CaseReader,
    in transaction: PostgresTransaction
  ) async throws -> AssistanceView? {
    let select = SelectAssistance(selection: .one(name.id, Message.recordKind, at: time))
    return try await views(of: try await transaction.execute(select), for: reader, in: transaction).first
  }

  /// What the reader sees of each, by what it sees of the cases that they are about.
  func views(
    of files: [AssistanceFile], for reader: CaseReader, in transaction: PostgresTransaction
  ) async throws -> [AssistanceView] {
    let cases = Array(Set(files.flatMap(\.record.cases)))
    let linked = cases.isEmpty ? [] : try await transaction.execute(SelectCaseFacts(cases: cases))
    return files.map { AssistanceView($0, linked: linked, reader) }
  }
}

/// A request for one record of the register of assistance.
protocol AssistanceGetRequest: SwiftProtobuf.Message {
  var name: String { get }
  var hasReadTime: Bool { get }
  var readTime: Google_Protobuf_Timestamp { get }
}

/// A request for a page of them.
protocol AssistanceListRequest: SwiftProtobuf.Message {
  var pageSize: Int32 { get }
  var pageToken: String { get }
  var filter: String { get }
}
