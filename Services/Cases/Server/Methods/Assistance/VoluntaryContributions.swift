import AIP
import GRPCCore
import Policy
import Records
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension AssistanceService {
  func createVoluntaryContribution(
    request: PBCreateVoluntaryContributionRequest, context: ServerContext
  ) async throws -> PBVoluntaryContribution {
    try await register.create(request, request.voluntaryContribution, context)
  }

  func getVoluntaryContribution(
    request: PBGetVoluntaryContributionRequest, context: ServerContext
  ) async throws -> PBVoluntaryContribution {
    try await register.get(request, context)
  }

  func listVoluntaryContributions(
    request: PBListVoluntaryContributionsRequest, context: ServerContext
  ) async throws -> PBListVoluntaryContributionsResponse {
    let page = try await register.list(request, context, of: PBVoluntaryContribution.self)
    return .with {
      $0.voluntaryContributions = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }

  func updateVoluntaryContribution(
    request: PBUpdateVoluntaryContributionRequest, context: ServerContext
  ) async throws -> PBVoluntaryContribution {
    try await register.update(request, request.voluntaryContribution, context)
  }
}

extension PBVoluntaryContribution: AssistanceMessage {
  static let recordKind = AssistanceRecord.Kind.contribution
  static let pattern = ResourceNamePattern("voluntaryContributions/{voluntary_contribution}")
  static let type = "VoluntaryContribution"
  static let field = "voluntary_contribution"
  static let filters: Set<String> = ["mission", "party"]
  static let fields: [RegisterField<Self>] = [
    .init("contributor", isFixed: true) { $0.contributor = $1.contributor },
    .init("mission", .summary, isFixed: true) { $0.mission = $1.mission },
    .init("earmark") { $0.earmark = $1.earmark },
    .init("pledged") { if $1.hasPledged { $0.pledged = $1.pledged } else { $0.clearPledged() } },
    .init("received") { if $1.hasReceived { $0.received = $1.received } else { $0.clearReceived() } },
    .init("spent") { if $1.hasSpent { $0.spent = $1.spent } else { $0.clearSpent() } },
    .init("pledge_date", .coarse) {
      if $1.hasPledgeDate { $0.pledgeDate = $1.pledgeDate } else { $0.clearPledgeDate() }
    },
    .init("deliveries") { $0.deliveries = $1.deliveries },
    .init("document") { $0.document = $1.document },
  ]

  func draft(today: PartialDate) throws(ServiceError) -> AssistanceDraft {
    let field = Self.field
    _ = try FieldRules.optionalText(earmark, field: "\(field).earmark", limit: 500)
    try FieldRules.pastDate(hasPledgeDate ? pledgeDate : nil, field: "\(field).pledge_date", today: today)
    try checkAmounts(field)
    guard deliveries.count <= 100 else { throw .invalid("\(field).deliveries", "must be of at most 100") }
    for name in deliveries {
      _ = try AssistanceName<PBAssistanceDelivery>(parsing: name, field: "\(field).deliveries")
    }
    return AssistanceDraft(
      kind: Self.recordKind,
      mission: mission.isEmpty ? nil : try FieldRules.mission(mission, field: "\(field).mission"),
      parties: [try FieldRules.party(contributor, field: "\(field).contributor")],
      document: try FieldRules.optionalText(document, field: "\(field).document", limit: 200))
  }

  /// What was spent had been received, and one sum is of one currency.
  private func checkAmounts(_ field: String) throws(ServiceError) {
    _ = try FieldRules.money(hasPledged ? pledged : nil, field: "\(field).pledged")
    let got = try FieldRules.money(hasReceived ? received : nil, field: "\(field).received")
    let gone = try FieldRules.money(hasSpent ? spent : nil, field: "\(field).spent")
    var currencies: Set<String> = []
    if hasPledged { currencies.insert(pledged.currencyCode) }
    if hasReceived { currencies.insert(received.currencyCode) }
    if hasSpent { currencies.insert(spent.currencyCode) }
    guard currencies.count <= 1 else { throw .invalid("\(field).spent", "must be of one currency with the others") }
    guard gone ?? 0 <= got ?? 0 else { throw .invalid("\(field).spent", "must not be more than was received") }
  }

  mutating func place(_ record: AssistanceRecord, _ cases: [String], _ view: AssistanceView) {
    if !view.seesOthers { deliveries = [] }
  }

  mutating func coarsen() { if hasPledgeDate { pledgeDate.dropDay() } }

  var facets: AssistanceFacets {
    AssistanceFacets(mission: mission, parties: [contributor])
  }
}
