import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil assistance deliveries list`.
struct DeliveriesListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what host States are given.",
    discussion: "Filters know mission, host_state, party, type, modality and case."
  )

  @OptionGroup var list: ListOptions
  @OptionGroup var use: PurposeOptions

  func page(
    _ request: PBListAssistanceDeliveriesRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBAssistanceDelivery], next: String) {
    let page = try await PBAssistanceService.Client(wrapping: client).listAssistanceDeliveries(
      request, metadata: use.metadata, options: callOptions)
    return (page.assistanceDeliveries, page.nextPageToken)
  }
}

/// `vigil assistance deliveries get`.
struct DeliveriesGetCommand: ShowingCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Shows one of them.")

  @OptionGroup var show: ShowOptions

  func find(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBAssistanceDelivery {
    try await PBAssistanceService.Client(wrapping: client).getAssistanceDelivery(
      .with { $0.name = resourceName(show.name, in: "assistanceDeliveries") }, metadata: show.use.metadata,
      options: callOptions)
  }
}

/// `vigil assistance deliveries add`.
struct DeliveriesAddCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Records what is given.")

  @Argument(help: "The request that it answers, assistanceRequests/….")
  var answered: String
  @Option(help: ArgumentHelp("Who gives it: AU.", valueName: "party"))
  var provider: String
  @Option(name: .customLong("partner"), help: ArgumentHelp("Who gives it too; repeat for more.", valueName: "party"))
  var partners: [String] = []
  @Option(name: .customLong("type"), help: "LAW_ENFORCEMENT, FORENSICS, …; repeat for more.")
  var types: [String]
  @Option(name: .customLong("modality"), help: "TECHNICAL, TRAINING, …; repeat for more.")
  var modalities: [String]
  @Option(help: ArgumentHelp("The mandate within which it is given.", valueName: "text"))
  var mandate: String
  @Option(help: "Human rights assessment: NOT_REQUIRED, PENDING, CLEARED, ….")
  var assessment: String
  @Option(help: ArgumentHelp("What it is worth: 12000.50 USD.", valueName: "amount"))
  var value: Amount?
  @OptionGroup var period: PeriodOptions
  @Option(name: .customLong("case"), help: ArgumentHelp("A case that it is about; repeat for more.", valueName: "name"))
  var cases: [String] = []
  @Option(help: ArgumentHelp("What is given.", valueName: "text"))
  var detail = ""
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateAssistanceDeliveryRequest {
    var request = PBCreateAssistanceDeliveryRequest()
    request.assistanceDelivery.request = resourceName(answered, in: "assistanceRequests")
    request.assistanceDelivery.provider = provider
    request.assistanceDelivery.partners = partners
    request.assistanceDelivery.types = try words(types, option: "type")
    request.assistanceDelivery.modalities = try words(modalities, option: "modality")
    request.assistanceDelivery.mandateBasis = mandate
    request.assistanceDelivery.humanRightsAssessment = try word(assessment, option: "assessment")
    if let value { request.assistanceDelivery.value = value.money }
    if let start = try period.start { request.assistanceDelivery.startDate = start }
    if let end = try period.end { request.assistanceDelivery.endDate = end }
    request.assistanceDelivery.cases = cases.map { resourceName($0, in: "cases") }
    request.assistanceDelivery.detail = detail
    return request
  }

  func call(
    _ request: PBCreateAssistanceDeliveryRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBAssistanceDelivery {
    try await PBAssistanceService.Client(wrapping: client).createAssistanceDelivery(request, options: callOptions)
  }
}

/// `vigil assistance deliveries update`.
struct DeliveriesUpdateCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Changes what is given: only what is said.")

  @OptionGroup var target: TargetOptions
  @Option(help: "Human rights assessment: NOT_REQUIRED, PENDING, CLEARED, ….")
  var assessment: String?
  @Option(help: ArgumentHelp("What came of it.", valueName: "text"))
  var result: String?
  @OptionGroup var period: PeriodOptions
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBUpdateAssistanceDeliveryRequest {
    var request = PBUpdateAssistanceDeliveryRequest()
    request.assistanceDelivery.name = target.name(in: "assistanceDeliveries")
    request.assistanceDelivery.etag = target.etag
    // What is filled is what is changed.
    if let assessment {
      request.assistanceDelivery.humanRightsAssessment = try word(assessment, option: "assessment")
    }
    request.assistanceDelivery.result = result ?? ""
    if let start = try period.start { request.assistanceDelivery.startDate = start }
    if let end = try period.end { request.assistanceDelivery.endDate = end }
    return request
  }

  func call(
    _ request: PBUpdateAssistanceDeliveryRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBAssistanceDelivery {
    try await PBAssistanceService.Client(wrapping: client).updateAssistanceDelivery(request, options: callOptions)
  }
}
