import AIP
import GRPCCore
import Policy
import Records
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension AssistanceService {
  func createAssistanceRequest(
    request: PBCreateAssistanceRequestRequest, context: ServerContext
  ) async throws -> PBAssistanceRequest {
    try await register.create(request, request.assistanceRequest, context)
  }

  func getAssistanceRequest(
    request: PBGetAssistanceRequestRequest, context: ServerContext
  ) async throws -> PBAssistanceRequest {
    try await register.get(request, context)
  }

  func listAssistanceRequests(
    request: PBListAssistanceRequestsRequest, context: ServerContext
  ) async throws -> PBListAssistanceRequestsResponse {
    let page = try await register.list(request, context, of: PBAssistanceRequest.self)
    return .with {
      $0.assistanceRequests = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }

  func updateAssistanceRequest(
    request: PBUpdateAssistanceRequestRequest, context: ServerContext
  ) async throws -> PBAssistanceRequest {
    try await register.update(request, request.assistanceRequest, context)
  }
}

extension PBAssistanceRequest: AssistanceMessage {
  static let recordKind = AssistanceRecord.Kind.request
  static let pattern = ResourceNamePattern("assistanceRequests/{assistance_request}")
  static let type = "AssistanceRequest"
  static let field = "assistance_request"
  static let filters: Set<String> = ["mission", "host_state", "type", "state", "case"]
  static let fields: [RegisterField<Self>] = [
    .init("mission", .summary, isFixed: true) { $0.mission = $1.mission },
    .init("host_state", .summary, isFixed: true) { $0.hostState = $1.hostState },
    .init("authority") { $0.authority = $1.authority },
    .init("types", .summary) { $0.types = $1.types },
    .init("gaps") { $0.gaps = $1.gaps },
    .init("cases") { $0.cases = $1.cases },
    .init("request_date", .coarse) {
      if $1.hasRequestDate { $0.requestDate = $1.requestDate } else { $0.clearRequestDate() }
    },
    .init("document") { $0.document = $1.document },
    .init("mandate_basis") { $0.mandateBasis = $1.mandateBasis },
    .init("detail") { $0.detail = $1.detail },
  ]

  func draft(today: PartialDate) throws(ServiceError) -> AssistanceDraft {
    let field = Self.field
    _ = try FieldRules.text(authority, field: "\(field).authority", limit: 200)
    _ = try FieldRules.words(types, field: "\(field).types", AssistanceType.self)
    try FieldRules.texts(gaps, field: "\(field).gaps")
    try FieldRules.pastDate(hasRequestDate ? requestDate : nil, field: "\(field).request_date", today: today)
    _ = try FieldRules.optionalText(mandateBasis, field: "\(field).mandate_basis", limit: 200)
    _ = try FieldRules.optionalText(detail, field: "\(field).detail", limit: 2000)
    return AssistanceDraft(
      kind: Self.recordKind,
      mission: try FieldRules.mission(mission, field: "\(field).mission"),
      hostState: try FieldRules.state(hostState, field: "\(field).host_state"),
      cases: try FieldRules.cases(cases, field: "\(field).cases"),
      document: try FieldRules.optionalText(document, field: "\(field).document", limit: 200))
  }

  mutating func place(_ record: AssistanceRecord, _ cases: [String], _ view: AssistanceView) {
    self.cases = cases
    guard let state = record.state else { return }
    self.state = .init(number: state)
    guard view.sight.mayWrite(.assistance) else { return }
    nextStates = state.next.sorted { $0.rawValue < $1.rawValue }.map { .init(number: $0) }
  }

  mutating func coarsen() { if hasRequestDate { requestDate.dropDay() } }

  var facets: AssistanceFacets {
    AssistanceFacets(
      mission: mission, hostState: hostState, types: types.compactMap { AssistanceType(number: $0) },
      state: AssistanceState(number: state), cases: cases)
  }
}

extension Vocabulary {
  /// The value that an enum of the contract stands for.
  init?(number value: some SwiftProtobuf.Enum) {
    guard let number = Int16(exactly: value.rawValue) else { return nil }
    self.init(rawValue: number)
  }
}
