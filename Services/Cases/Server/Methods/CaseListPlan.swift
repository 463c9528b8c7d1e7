import AIP
import SwiftProtobuf
import VigilCasesAPI

/// A request that lists cases, in whatever way.
protocol CaseListMessage: SwiftProtobuf.Message {
  var filter: String { get }
  var orderBy: String { get }
  var view: PBCaseView { get }
}

extension PBListCasesRequest: CaseListMessage {}
extension PBSearchCasesRequest: CaseListMessage {}
extension PBExportCasesRequest: CaseListMessage {}

/// Such a request, checked.
struct CaseListPlan: Sendable {
  let isFull: Bool
  let digest: QueryDigest
  private let lens: CaseLens
  private let filter: FilterTree<CaseCondition>
  private let isDescending: Bool

  /// - Parameter words: what is looked for besides.
  init<Request: CaseListMessage>(_ request: Request, lens: CaseLens, words: String = "") throws(ServiceError) {
    self.lens = lens
    guard [.unspecified, .basic, .full].contains(request.view) else {
      throw .invalid("view", "is not a view of cases")
    }
    isFull = request.view == .full
    let order = try OrderBy(request.orderBy, sortable: ["incident_date"])
    isDescending = order.terms.first?.descending ?? true
    do {
      filter = try lens.filters.parse(request.filter)
    } catch {
      throw ServiceError(error)
    }
    digest = QueryDigest(
      Request.protoMessageName, request.filter, isDescending ? "desc" : "asc", String(request.view.rawValue), words)
  }

  /// The size of a page of which so many cases were asked for.
  func size(_ requested: Int32) throws(ServiceError) -> Int {
    try PageSize(standard: 50, maximum: isFull ? 100 : 500).resolve(requested)
  }

  /// One case more than the page holds tells that there is another page.
  func query(after key: [UInt8]?, size: Int) throws(ServiceError) -> CaseQuery {
    var query = CaseQuery(
      filter: filter, lens: lens, isDescending: isDescending, limit: size + 1, holdsVictims: isFull)
    if let key {
      guard let position = CaseQuery.Position(bytes: key) else {
        throw .invalid("page_token", "is not a token of this list", reason: .invalidPageToken)
      }
      query.after = position
    }
    return query
  }
}

/// What the store gave for a page, as it is shown.
struct CasePage: Sendable {
  var cases: [ShownCase]
  /// Where the next page begins; nil on the last one.
  let nextKey: [UInt8]?

  init(_ found: [CaseFile], size: Int, for reader: CaseReader) {
    cases = found.prefix(size).compactMap { reader.show($0) }
    nextKey =
      found.count <= size
      ? nil : cases.last.map { CaseQuery.Position(date: $0.record.incidentDate, id: $0.record.id).bytes }
  }
}
