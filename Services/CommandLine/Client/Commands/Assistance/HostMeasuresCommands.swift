import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil assistance host-measures list`.
struct HostMeasuresListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what host States have done.",
    discussion: "Filters know mission and host_state."
  )

  @OptionGroup var list: ListOptions
  @OptionGroup var use: PurposeOptions

  func page(
    _ request: PBListHostMeasuresRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBHostMeasure], next: String) {
    let page = try await PBAssistanceService.Client(wrapping: client).listHostMeasures(
      request, metadata: use.metadata, options: callOptions)
    return (page.hostMeasures, page.nextPageToken)
  }
}

/// `vigil assistance host-measures get`.
struct HostMeasuresGetCommand: ShowingCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Shows one of them.")

  @OptionGroup var show: ShowOptions

  func find(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBHostMeasure {
    try await PBAssistanceService.Client(wrapping: client).getHostMeasure(
      .with { $0.name = resourceName(show.name, in: "hostMeasures") }, metadata: show.use.metadata, options: callOptions
    )
  }
}

/// `vigil assistance host-measures add`.
struct HostMeasuresAddCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Records what a host State has done.")

  @Argument(help: "The mission's code.")
  var mission: String
  @Argument(help: "The host State: EGY.")
  var state: String
  @Option(help: "LEGISLATION, SPECIALISED_UNIT, BUDGET, ….")
  var kind: String
  @Option(help: ArgumentHelp("What it is called.", valueName: "text"))
  var title: String
  @Option(help: ArgumentHelp("Since when.", valueName: "date"))
  var since: String
  @Option(help: "HOST_STATE, MISSION, UN_HQ, ….")
  var source: String
  @Option(help: "RUMOUR, POSSIBLE, PROBABLE or CONFIRMED.")
  var certainty: String
  @Option(help: ArgumentHelp("The document, by its symbol.", valueName: "symbol"))
  var document = ""
  @Option(help: ArgumentHelp("What it is.", valueName: "text"))
  var detail = ""
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateHostMeasureRequest {
    var request = PBCreateHostMeasureRequest()
    request.hostMeasure.mission = missionName(mission)
    request.hostMeasure.hostState = state
    request.hostMeasure.kind = try word(kind, option: "kind")
    request.hostMeasure.title = title
    request.hostMeasure.effectiveDate = try partialDate(since, option: "since")
    request.hostMeasure.source = try word(source, option: "source")
    request.hostMeasure.certainty = try word(certainty, option: "certainty")
    request.hostMeasure.document = document
    request.hostMeasure.detail = detail
    return request
  }

  func call(
    _ request: PBCreateHostMeasureRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBHostMeasure {
    try await PBAssistanceService.Client(wrapping: client).createHostMeasure(request, options: callOptions)
  }
}
