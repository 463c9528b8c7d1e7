import AIP
import Policy
import Postgres
import Records
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// A resource of the register of assistance.
protocol AssistanceMessage: NamedMessage, Equatable {
  static var recordKind: AssistanceRecord.Kind { get }
  /// The contract's name of the field of requests that holds one.
  static var field: String { get }
  /// What of it is recorded.
  static var fields: [RegisterField<Self>] { get }
  /// What its lists can be filtered by.
  static var filters: Set<String> { get }

  var etag: String { get set }
  var redactions: [PBRedaction] { get set }
  var createTime: Google_Protobuf_Timestamp { get set }
  var updateTime: Google_Protobuf_Timestamp { get set }
  /// As the reader sees it.
  var facets: AssistanceFacets { get }

  /// - Throws: INVALID_ARGUMENT for what cannot be.
  func draft(today: PartialDate) throws(ServiceError) -> AssistanceDraft
  /// Fills in what is not in the content.
  mutating func place(_ record: AssistanceRecord, _ cases: [String], _ view: AssistanceView)
  /// Makes dates as coarse as a summary has them.
  mutating func coarsen()
}

/// What was asked to be put on record, checked, and what it has to do with.
struct AssistanceDraft: Hashable, Sendable {
  var kind: AssistanceRecord.Kind
  var mission: MissionID?
  var hostState: PartyID?
  var request: RecordID?
  var parties: [PartyID] = []
  var cases: [RecordID] = []
  var document = ""

  /// What the United Nations record of a State's wishes has a source.
  func requireDocument(field: String) throws(ServiceError) {
    guard !document.isEmpty else { throw .invalid("\(field).document", "is required unless the State asks itself") }
  }
}

extension AssistanceMessage {
  /// Only what is recorded.
  var kept: Self {
    var kept = Self()
    for field in Self.fields { field.copy(&kept, self) }
    return kept
  }

  static func filter(_ text: String) throws(ServiceError) -> FilterTree<AssistanceCriterion> {
    do {
      return try AssistanceCriterion.schema.limited { filters.contains($0) }.parse(text)
    } catch {
      throw ServiceError(error)
    }
  }
}
