import AIP
import GRPCCore
import Policy
import Records
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension AssistanceService {
  func createInvestigatorDeployment(
    request: PBCreateInvestigatorDeploymentRequest, context: ServerContext
  ) async throws -> PBInvestigatorDeployment {
    try await register.create(request, request.investigatorDeployment, context)
  }

  func getInvestigatorDeployment(
    request: PBGetInvestigatorDeploymentRequest, context: ServerContext
  ) async throws -> PBInvestigatorDeployment {
    try await register.get(request, context)
  }

  func listInvestigatorDeployments(
    request: PBListInvestigatorDeploymentsRequest, context: ServerContext
  ) async throws -> PBListInvestigatorDeploymentsResponse {
    let page = try await register.list(request, context, of: PBInvestigatorDeployment.self)
    return .with {
      $0.investigatorDeployments = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }

  func updateInvestigatorDeployment(
    request: PBUpdateInvestigatorDeploymentRequest, context: ServerContext
  ) async throws -> PBInvestigatorDeployment {
    try await register.update(request, request.investigatorDeployment, context)
  }
}

extension PBInvestigatorDeployment: AssistanceMessage {
  static let recordKind = AssistanceRecord.Kind.deployment
  static let pattern = ResourceNamePattern("investigatorDeployments/{investigator_deployment}")
  static let type = "InvestigatorDeployment"
  static let field = "investigator_deployment"
  static let filters: Set<String> = ["mission", "host_state", "party", "case"]
  static let fields: [RegisterField<Self>] = [
    .init("mission", .summary, isFixed: true) { $0.mission = $1.mission },
    .init("host_state", .summary, isFixed: true) { $0.hostState = $1.hostState },
    .init("sending_state", isFixed: true) { $0.sendingState = $1.sendingState },
    .init("request_document") { $0.requestDocument = $1.requestDocument },
    .init("investigators") { $0.investigators = $1.investigators },
    .init("detail") { $0.detail = $1.detail },
    .init("start_date", .coarse) { if $1.hasStartDate { $0.startDate = $1.startDate } else { $0.clearStartDate() } },
    .init("end_date", .coarse) { if $1.hasEndDate { $0.endDate = $1.endDate } else { $0.clearEndDate() } },
    .init("cases") { $0.cases = $1.cases },
    .init("result") { $0.result = $1.result },
  ]

  func draft(today: PartialDate) throws(ServiceError) -> AssistanceDraft {
    let field = Self.field
    guard (1...10_000).contains(investigators) else {
      throw .invalid("\(field).investigators", "must be from 1 to 10,000")
    }
    guard hasStartDate else { throw .invalid("\(field).start_date", "is required") }
    try FieldRules.period(startDate, hasEndDate ? endDate : nil, in: field)
    _ = try FieldRules.text(requestDocument, field: "\(field).request_document", limit: 200)
    _ = try FieldRules.optionalText(detail, field: "\(field).detail", limit: 2000)
    _ = try FieldRules.optionalText(result, field: "\(field).result", limit: 2000)
    return AssistanceDraft(
      kind: Self.recordKind,
      mission: try FieldRules.mission(mission, field: "\(field).mission"),
      hostState: try FieldRules.state(hostState, field: "\(field).host_state"),
      parties: [try FieldRules.state(sendingState, field: "\(field).sending_state")],
      cases: try FieldRules.cases(cases, field: "\(field).cases"))
  }

  mutating func place(_ record: AssistanceRecord, _ cases: [String], _ view: AssistanceView) { self.cases = cases }

  mutating func coarsen() {
    if hasStartDate { startDate.dropDay() }
    if hasEndDate { endDate.dropDay() }
  }

  var facets: AssistanceFacets {
    AssistanceFacets(mission: mission, hostState: hostState, parties: [sendingState], cases: cases)
  }
}
