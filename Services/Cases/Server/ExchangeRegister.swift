import AIP
import Authorization
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf
import VigilCasesAPI

/// Reads and changes what States give, ask for and are given, whatever the resource: each by its caller's rights.
struct ExchangeRegister: Sendable {
  let reads: CaseReads
  let ledger: CaseLedger

  // MARK: Reads

  /// - Throws: NOT_FOUND for a record that there is not or that the caller may not know of.
  func get<Request: ExchangeGetRequest, Message: ExchangeMessage>(
    _ request: Request, _ context: ServerContext
  ) async throws -> Message {
    let name = try RecordName<Message>(parsing: request.name)
    let reader = try await reads.gate.readers.current()
    let time = try reads.readTime(request.hasReadTime ? request.readTime : nil)
    let view = try await recordingRefusal(of: name, to: reader, context) {
      let views = try await reads.pool.withTransaction(isolation: .repeatableRead, readOnly: true) { transaction in
        _ = try await transaction.execute(SetScope(scope: reader.scope))
        let now = try await find(name, for: reader, in: transaction)
        guard time.isFinite else { return [now] }
        // Who may see what it says now may not have been let to see what it said before.
        return [now, try await find(name, at: time, for: reader, in: transaction)]
      }
      guard views.allSatisfy({ $0?.isShown == true }), let view = views.last ?? nil else {
        throw ServiceError.notFound(name)
      }
      return view
    }
    let message = try Message(view)
    try await reads.trace.note([message.name], Message.recordClasses, to: reader.requester, context)
    return message
  }

  /// A page of the records of a kind that the caller may see.
  func list<Request: ExchangeListRequest, Message: ExchangeMessage>(
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
      return try await page(after: after, size + 1, for: reader, in: transaction, where: filter)
        as [(id: RecordID, message: Message)]
    }
    let shown = found.prefix(size)
    try await reads.trace.note(shown.map(\.message.name), Message.recordClasses, to: reader.requester, context)
    guard found.count > size, let last = shown.last else { return (shown.map(\.message), "") }
    let next = try await reads.tokens.seal(Array(last.id.description.utf8), query: digest, now: now)
    return (shown.map(\.message), next)
  }

  /// Records as the reader sees them, until there are enough. The database gives what the reader has to do with at all.
  private func page<Message: ExchangeMessage>(
    after start: RecordID?, _ size: Int, for reader: CaseReader, in transaction: PostgresTransaction,
    where filter: FilterTree<ExchangeCriterion>
  ) async throws -> [(id: RecordID, message: Message)] {
    let step = 500
    var after = start
    var shown: [(id: RecordID, message: Message)] = []
    while shown.count < size {
      let select = SelectExchange(
        selection: .page(
          Message.recordKind, of: filter.onlyCase, after: after, limit: Int64(step), for: reader.scope))
      let records = try await transaction.execute(select)
      for view in try await views(of: records, for: reader, in: transaction) where view.isShown {
        let message = try Message(view)
        if filter.holds({ $0.holds(for: message.facets) }) { shown.append((view.record.id, message)) }
      }
      guard records.count == step, let last = records.last else { break }
      after = last.id
    }
    return Array(shown.prefix(size))
  }

  // MARK: What the reader sees

  func find<Message>(
    _ name: RecordName<Message>, at time: PostgresTimestamp = .infinity, for reader: CaseReader,
    in transaction: PostgresTransaction
  ) async throws -> ExchangeView? where Message: ExchangeMessage {
    let select = SelectExchange(selection: .one(name.id, Message.recordKind, at: time))
    return try await views(of: try await transaction.execute(select), for: reader, in: transaction).first
  }

  /// What the reader sees of each, by the cases that they are about.
  func views(
    of records: [ExchangeRecord], for reader: CaseReader, in transaction: PostgresTransaction
  ) async throws -> [ExchangeView] {
    let cases = Array(Set(records.compactMap(\.caseID)))
    let found = cases.isEmpty ? [] : try await transaction.execute(SelectCaseFacts(cases: cases))
    let facts = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    let now = reads.clock.now()
    return records.map { ExchangeView($0, about: $0.caseID.flatMap { facts[$0] }, reader, at: now) }
  }

  /// Does what the caller may be refused, and records that it was.
  func recordingRefusal<Message: ExchangeMessage, Result>(
    of name: RecordName<Message>, to reader: CaseReader, _ context: ServerContext, _ body: () async throws -> Result
  ) async throws -> Result {
    try await reads.trace.recordingRefusal(
      of: name.description, or: .notFound(name), to: reader.requester, context, body)
  }
}

/// A request for one of them.
protocol ExchangeGetRequest: SwiftProtobuf.Message {
  var name: String { get }
  var hasReadTime: Bool { get }
  var readTime: Google_Protobuf_Timestamp { get }
}

/// A request for a page of them.
protocol ExchangeListRequest: SwiftProtobuf.Message {
  var pageSize: Int32 { get }
  var pageToken: String { get }
  var filter: String { get }
}
