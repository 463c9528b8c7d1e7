import AIP
import GRPCCore
import Policy
import Records
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension AssistanceService {
  func createHostMeasure(
    request: PBCreateHostMeasureRequest, context: ServerContext
  ) async throws -> PBHostMeasure {
    try await register.create(request, request.hostMeasure, context)
  }

  func getHostMeasure(
    request: PBGetHostMeasureRequest, context: ServerContext
  ) async throws -> PBHostMeasure {
    try await register.get(request, context)
  }

  func listHostMeasures(
    request: PBListHostMeasuresRequest, context: ServerContext
  ) async throws -> PBListHostMeasuresResponse {
    let page = try await register.list(request, context, of: PBHostMeasure.self)
    return .with {
      $0.hostMeasures = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }

  func updateHostMeasure(
    request: PBUpdateHostMeasureRequest, context: ServerContext
  ) async throws -> PBHostMeasure {
    try await register.update(request, request.hostMeasure, context)
  }
}

extension PBHostMeasure: AssistanceMessage {
  static let recordKind = AssistanceRecord.Kind.hostMeasure
  static let pattern = ResourceNamePattern("hostMeasures/{host_measure}")
  static let type = "HostMeasure"
  static let field = "host_measure"
  static let filters: Set<String> = ["mission", "host_state"]
  static let fields: [RegisterField<Self>] = [
    .init("mission", .summary, isFixed: true) { $0.mission = $1.mission },
    .init("host_state", .summary, isFixed: true) { $0.hostState = $1.hostState },
    .init("kind", .summary) { $0.kind = $1.kind },
    .init("title") { $0.title = $1.title },
    .init("detail") { $0.detail = $1.detail },
    .init("effective_date", .coarse) {
      if $1.hasEffectiveDate { $0.effectiveDate = $1.effectiveDate } else { $0.clearEffectiveDate() }
    },
    .init("source") { $0.source = $1.source },
    .init("certainty") { $0.certainty = $1.certainty },
    .init("document") { $0.document = $1.document },
  ]

  func draft(today: PartialDate) throws(ServiceError) -> AssistanceDraft {
    let field = Self.field
    try FieldRules.known(kind, field: "\(field).kind")
    let _: AssertionSource = try FieldRules.word(source, field: "\(field).source")
    let _: Certainty = try FieldRules.word(certainty, field: "\(field).certainty")
    _ = try FieldRules.text(title, field: "\(field).title", limit: 200)
    _ = try FieldRules.optionalText(detail, field: "\(field).detail", limit: 2000)
    try FieldRules.pastDate(hasEffectiveDate ? effectiveDate : nil, field: "\(field).effective_date", today: today)
    return AssistanceDraft(
      kind: Self.recordKind,
      mission: try FieldRules.mission(mission, field: "\(field).mission"),
      hostState: try FieldRules.state(hostState, field: "\(field).host_state"),
      document: try FieldRules.optionalText(document, field: "\(field).document", limit: 200))
  }

  mutating func place(_ record: AssistanceRecord, _ cases: [String], _ view: AssistanceView) {}

  mutating func coarsen() { if hasEffectiveDate { effectiveDate.dropDay() } }

  var facets: AssistanceFacets {
    AssistanceFacets(mission: mission, hostState: hostState)
  }
}
