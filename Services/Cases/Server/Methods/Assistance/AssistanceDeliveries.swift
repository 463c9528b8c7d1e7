import AIP
import GRPCCore
import Policy
import Records
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension AssistanceService {
  func createAssistanceDelivery(
    request: PBCreateAssistanceDeliveryRequest, context: ServerContext
  ) async throws -> PBAssistanceDelivery {
    try await register.create(request, request.assistanceDelivery, context)
  }

  func getAssistanceDelivery(
    request: PBGetAssistanceDeliveryRequest, context: ServerContext
  ) async throws -> PBAssistanceDelivery {
    try await register.get(request, context)
  }

  func listAssistanceDeliveries(
    request: PBListAssistanceDeliveriesRequest, context: ServerContext
  ) async throws -> PBListAssistanceDeliveriesResponse {
    let page = try await register.list(request, context, of: PBAssistanceDelivery.self)
    return .with {
      $0.assistanceDeliveries = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }

  func updateAssistanceDelivery(
    request: PBUpdateAssistanceDeliveryRequest, context: ServerContext
  ) async throws -> PBAssistanceDelivery {
    try await register.update(request, request.assistanceDelivery, context)
  }
}

extension PBAssistanceDelivery: AssistanceMessage {
  static let recordKind = AssistanceRecord.Kind.delivery
  static let pattern = ResourceNamePattern("assistanceDeliveries/{assistance_delivery}")
  static let type = "AssistanceDelivery"
  static let field = "assistance_delivery"
  static let filters: Set<String> = ["mission", "host_state", "party", "type", "modality", "case"]
  static let fields: [RegisterField<Self>] = [
    .init("request", isFixed: true) { $0.request = $1.request },
    .init("types", .summary) { $0.types = $1.types },
    .init("modalities", .summary) { $0.modalities = $1.modalities },
    .init("provider") { $0.provider = $1.provider },
    .init("partners") { $0.partners = $1.partners },
    .init("mandate_basis") { $0.mandateBasis = $1.mandateBasis },
    .init("detail") { $0.detail = $1.detail },
    .init("value") { if $1.hasValue { $0.value = $1.value } else { $0.clearValue() } },
    .init("start_date", .coarse) { if $1.hasStartDate { $0.startDate = $1.startDate } else { $0.clearStartDate() } },
    .init("end_date", .coarse) { if $1.hasEndDate { $0.endDate = $1.endDate } else { $0.clearEndDate() } },
    .init("human_rights_assessment") { $0.humanRightsAssessment = $1.humanRightsAssessment },
    .init("assessment_document") { $0.assessmentDocument = $1.assessmentDocument },
    .init("gaps") { $0.gaps = $1.gaps },
    .init("cases") { $0.cases = $1.cases },
    .init("result") { $0.result = $1.result },
    .init("document") { $0.document = $1.document },
  ]

  func draft(today: PartialDate) throws(ServiceError) -> AssistanceDraft {
    let field = Self.field
    _ = try FieldRules.words(types, field: "\(field).types", AssistanceType.self)
    _ = try FieldRules.words(modalities, field: "\(field).modalities", AssistanceModality.self)
    let _: HumanRightsAssessment = try FieldRules.word(
      humanRightsAssessment, field: "\(field).human_rights_assessment")
    _ = try FieldRules.text(mandateBasis, field: "\(field).mandate_basis", limit: 200)
    _ = try FieldRules.optionalText(detail, field: "\(field).detail", limit: 2000)
    _ = try FieldRules.optionalText(assessmentDocument, field: "\(field).assessment_document", limit: 200)
    _ = try FieldRules.optionalText(result, field: "\(field).result", limit: 2000)
    _ = try FieldRules.money(hasValue ? value : nil, field: "\(field).value")
    try FieldRules.period(hasStartDate ? startDate : nil, hasEndDate ? endDate : nil, in: field)
    try FieldRules.texts(gaps, field: "\(field).gaps")
    let provider = try FieldRules.party(provider, field: "\(field).provider")
    return AssistanceDraft(
      kind: Self.recordKind,
      request: try AssistanceName<PBAssistanceRequest>(parsing: request, field: "\(field).request").id,
      parties: [provider] + (try FieldRules.parties(partners, field: "\(field).partners")),
      cases: try FieldRules.cases(cases, field: "\(field).cases"),
      document: try FieldRules.optionalText(document, field: "\(field).document", limit: 200))
  }

  mutating func place(_ record: AssistanceRecord, _ cases: [String], _ view: AssistanceView) {
    self.cases = cases
    mission = record.mission.map { MissionName($0).description } ?? ""
    hostState = record.hostState?.description ?? ""
    if !view.seesOthers, record.hostState != view.sight.party { request = "" }
  }

  mutating func coarsen() {
    if hasStartDate { startDate.dropDay() }
    if hasEndDate { endDate.dropDay() }
  }

  var facets: AssistanceFacets {
    AssistanceFacets(
      mission: mission, hostState: hostState, parties: [provider] + partners,
      types: types.compactMap { AssistanceType(number: $0) },
      modalities: modalities.compactMap { AssistanceModality(number: $0) }, cases: cases)
  }
}
