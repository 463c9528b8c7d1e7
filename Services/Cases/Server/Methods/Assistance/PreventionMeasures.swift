import AIP
import GRPCCore
import Policy
import Records
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension AssistanceService {
  func createPreventionMeasure(
    request: PBCreatePreventionMeasureRequest, context: ServerContext
  ) async throws -> PBPreventionMeasure {
    try await register.create(request, request.preventionMeasure, context)
  }

  func getPreventionMeasure(
    request: PBGetPreventionMeasureRequest, context: ServerContext
  ) async throws -> PBPreventionMeasure {
    try await register.get(request, context)
  }

  func listPreventionMeasures(
    request: PBListPreventionMeasuresRequest, context: ServerContext
  ) async throws -> PBListPreventionMeasuresResponse {
    let page = try await register.list(request, context, of: PBPreventionMeasure.self)
    return .with {
      $0.preventionMeasures = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }

  func updatePreventionMeasure(
    request: PBUpdatePreventionMeasureRequest, context: ServerContext
  ) async throws -> PBPreventionMeasure {
    try await register.update(request, request.preventionMeasure, context)
  }
}

extension PBPreventionMeasure: AssistanceMessage {
  static let recordKind = AssistanceRecord.Kind.preventionMeasure
  static let pattern = ResourceNamePattern("preventionMeasures/{prevention_measure}")
  static let type = "PreventionMeasure"
  static let field = "prevention_measure"
  static let filters: Set<String> = ["mission", "host_state", "party", "case"]
  static let fields: [RegisterField<Self>] = [
    .init("mission", .summary, isFixed: true) { $0.mission = $1.mission },
    .init("host_state", .summary, isFixed: true) { $0.hostState = $1.hostState },
    .init("kind", .summary) { $0.kind = $1.kind },
    .init("title") { $0.title = $1.title },
    .init("detail") { $0.detail = $1.detail },
    .init("actor") { $0.actor = $1.actor },
    .init("start_date", .coarse) { if $1.hasStartDate { $0.startDate = $1.startDate } else { $0.clearStartDate() } },
    .init("end_date", .coarse) { if $1.hasEndDate { $0.endDate = $1.endDate } else { $0.clearEndDate() } },
    .init("cases") { $0.cases = $1.cases },
    .init("document") { $0.document = $1.document },
  ]

  func draft(today: PartialDate) throws(ServiceError) -> AssistanceDraft {
    let field = Self.field
    try FieldRules.known(kind, field: "\(field).kind")
    _ = try FieldRules.text(title, field: "\(field).title", limit: 200)
    _ = try FieldRules.optionalText(detail, field: "\(field).detail", limit: 2000)
    try FieldRules.period(hasStartDate ? startDate : nil, hasEndDate ? endDate : nil, in: field)
    return AssistanceDraft(
      kind: Self.recordKind,
      mission: try FieldRules.mission(mission, field: "\(field).mission"),
      hostState: try FieldRules.state(hostState, field: "\(field).host_state"),
      parties: [try FieldRules.party(actor, field: "\(field).actor")],
      cases: try FieldRules.cases(cases, field: "\(field).cases"),
      document: try FieldRules.optionalText(document, field: "\(field).document", limit: 200))
  }

  mutating func place(_ record: AssistanceRecord, _ cases: [String], _ view: AssistanceView) { self.cases = cases }

  mutating func coarsen() {
    if hasStartDate { startDate.dropDay() }
    if hasEndDate { endDate.dropDay() }
  }

  var facets: AssistanceFacets {
    AssistanceFacets(mission: mission, hostState: hostState, parties: [actor], cases: cases)
  }
}
