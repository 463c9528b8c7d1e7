import AIP
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf
import VigilCasesAPI

/// Reads what becomes of cases, as the caller may see it.
struct CaseReads: Sendable {
  let pool: PostgresPool
  let tokens: PageTokens
  let clock: WallClock
  let gate: CaseGate
  let trace: ReadTrail

  /// What the caller sees of a case, recorded where the policy wants that.
  ///
  /// - Parameters:
  ///   - name: what it asks for: the case, or something of it.
  ///   - time: answers as known then; nil for the present.
  ///   - classes: of what the answer shows.
  func view(
    of name: some CaseResourceName, _ context: ServerContext, at time: Google_Protobuf_Timestamp?,
    showing classes: DataClassSet = ProgressView.classes
  ) async throws -> ProgressView {
    let (time, reader) = (try readTime(time), try await gate.readers.current())
    let view = try await trace.recordingRefusal(of: name, to: reader.requester, context) {
      try await self.view(of: name, for: reader, at: time)
    }
    try await trace.note(view.sight, classes, context)
    return view
  }

  private func view(
    of name: some CaseResourceName, for reader: CaseReader, at time: PostgresTimestamp
  ) async throws -> ProgressView {
    // One snapshot: what is shown is judged by the facts beside it.
    return try await pool.withTransaction(isolation: .repeatableRead, readOnly: true) { transaction in
      _ = try await transaction.execute(SetScope(scope: reader.scope))
      let sight = try await gate.sight(asking: name, for: reader, in: transaction)
      guard let head = try await transaction.execute(SelectCaseHead(id: name.caseID)).first else {
        throw ServiceError.notFound(name)
      }
      let dossier = try await Dossier(head, at: time, in: transaction)
      return ProgressView(sight: sight, dossier: dossier.known(at: time))
    }
  }

  /// - Throws: INVALID_ARGUMENT for a time that is none, or lies in the future.
  func readTime(_ message: Google_Protobuf_Timestamp?) throws(ServiceError) -> PostgresTimestamp {
    guard let message else { return .infinity }
    guard let time = PostgresTimestamp(message) else { throw .invalid("read_time", "must be a time") }
    let now = clock.now()
    guard time <= now else { throw .impossibleDate("read_time", "is in the future", PartialDate(dayOf: now)) }
    return time
  }

  /// A page of what is on record of a case, or of something of it.
  ///
  /// - Parameters:
  ///   - parent: the name of what the list is of.
  ///   - classes: of what the list shows.
  ///   - entries: those of the list, in its order, whoever reads.
  ///   - show: nil for one that the caller may not know of.
  func page<Request: CaseListRequest, Name: CaseResourceName, Entry: Identifiable, Shown>(
    _ request: Request, _ context: ServerContext, of parent: Name.Type,
    showing classes: DataClassSet = ProgressView.classes,
    _ entries: (ProgressView, Name) throws -> [Entry],
    show: (ProgressView, Entry) throws -> Shown?
  ) async throws -> (shown: [Shown], nextPageToken: String) where Entry.ID == RecordID {
    let name = try Name(parsing: request.parent, field: "parent")
    let size = try PageSize(standard: 100, maximum: 500).resolve(request.pageSize)
    let digest = QueryDigest(Request.protoMessageName, request.parent, request.hasReadTime ? "\(request.readTime)" : "")
    let now = clock.seconds
    let after = try await tokens.open(request.pageToken, query: digest, now: now)
    let view = try await view(of: name, context, at: request.hasReadTime ? request.readTime : nil, showing: classes)
    var rest = try entries(view, name)[...]
    if let after { rest = rest.drop { Array($0.id.description.utf8) != after }.dropFirst() }
    var shown: [Shown] = []
    var last: RecordID?
    for entry in rest {
      guard let message = try show(view, entry) else { continue }
      guard shown.count < size else {
        let key = Array((last ?? entry.id).description.utf8)
        return (shown, try await tokens.seal(key, query: digest, now: now))
      }
      shown.append(message)
      last = entry.id
    }
    return (shown, "")
  }
}

/// A request for a page of what is on record of a case.
protocol CaseListRequest: SwiftProtobuf.Message {
  var parent: String { get }
  var pageSize: Int32 { get }
  var pageToken: String { get }
  var hasReadTime: Bool { get }
  var readTime: Google_Protobuf_Timestamp { get }
}

extension PBListCaseTransitionsRequest: CaseListRequest {}
extension PBListClosuresRequest: CaseListRequest {}
extension PBListRegradingsRequest: CaseListRequest {}
extension PBListTimelineRequest: CaseListRequest {}
extension PBListProceedingsRequest: CaseListRequest {}
extension PBListProceedingFactsRequest: CaseListRequest {}
extension PBListSuspectsRequest: CaseListRequest {}
extension PBListStageAssertionsRequest: CaseListRequest {}
extension PBListCommunicationsRequest: CaseListRequest {}
extension PBListProposalsRequest: CaseListRequest {}
extension PBListIncidentsRequest: CaseListRequest {}
extension PBListIncidentAccountsRequest: CaseListRequest {}
extension PBListEvidenceItemsRequest: CaseListRequest {}
extension PBListCustodyEventsRequest: CaseListRequest {}
