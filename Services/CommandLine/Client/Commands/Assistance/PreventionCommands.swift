import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil assistance prevention list`.
struct PreventionMeasuresListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what is done so that such crimes do not happen.",
    discussion: "Filters know mission, host_state, party and case."
  )

  @OptionGroup var list: ListOptions
  @OptionGroup var use: PurposeOptions

  func page(
    _ request: PBListPreventionMeasuresRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBPreventionMeasure], next: String) {
    let page = try await PBAssistanceService.Client(wrapping: client).listPreventionMeasures(
      request, metadata: use.metadata, options: callOptions)
    return (page.preventionMeasures, page.nextPageToken)
  }
}

/// `vigil assistance prevention get`.
struct PreventionMeasuresGetCommand: ShowingCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Shows one of them.")

  @OptionGroup var show: ShowOptions

  func find(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBPreventionMeasure {
    try await PBAssistanceService.Client(wrapping: client).getPreventionMeasure(
      .with { $0.name = resourceName(show.name, in: "preventionMeasures") }, metadata: show.use.metadata,
      options: callOptions)
  }
}

/// `vigil assistance prevention add`.
struct PreventionMeasuresAddCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Records a measure of prevention.")

  @Argument(help: "The mission's code.")
  var mission: String
  @Argument(help: "The host State: EGY.")
  var state: String
  @Option(help: "PROTECTION, EARLY_WARNING, LIAISON, ….")
  var kind: String
  @Option(help: ArgumentHelp("What it is called.", valueName: "text"))
  var title: String
  @Option(help: ArgumentHelp("Who does it.", valueName: "party"))
  var actor: String
  @OptionGroup var period: PeriodOptions
  @Option(name: .customLong("case"), help: ArgumentHelp("A case that it is about; repeat for more.", valueName: "name"))
  var cases: [String] = []
  @Option(help: ArgumentHelp("What is done.", valueName: "text"))
  var detail = ""
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreatePreventionMeasureRequest {
    var request = PBCreatePreventionMeasureRequest()
    request.preventionMeasure.mission = missionName(mission)
    request.preventionMeasure.hostState = state
    request.preventionMeasure.kind = try word(kind, option: "kind")
    request.preventionMeasure.title = title
    request.preventionMeasure.actor = actor
    if let start = try period.start { request.preventionMeasure.startDate = start }
    if let end = try period.end { request.preventionMeasure.endDate = end }
    request.preventionMeasure.cases = cases.map { resourceName($0, in: "cases") }
    request.preventionMeasure.detail = detail
    return request
  }

  func call(
    _ request: PBCreatePreventionMeasureRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBPreventionMeasure {
    try await PBAssistanceService.Client(wrapping: client).createPreventionMeasure(request, options: callOptions)
  }
}
