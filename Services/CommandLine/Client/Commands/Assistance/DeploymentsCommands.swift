import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil assistance deployments list`.
struct DeploymentsListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the investigators whom contributing States send.",
    discussion: "Filters know mission, host_state, party and case."
  )

  @OptionGroup var list: ListOptions
  @OptionGroup var use: PurposeOptions

  func page(
    _ request: PBListInvestigatorDeploymentsRequest, _ client: GRPCClient<some ClientTransport>,
    _ callOptions: CallOptions
  ) async throws -> (rows: [PBInvestigatorDeployment], next: String) {
    let page = try await PBAssistanceService.Client(wrapping: client).listInvestigatorDeployments(
      request, metadata: use.metadata, options: callOptions)
    return (page.investigatorDeployments, page.nextPageToken)
  }
}

/// `vigil assistance deployments get`.
struct DeploymentsGetCommand: ShowingCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Shows one of them.")

  @OptionGroup var show: ShowOptions

  func find(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBInvestigatorDeployment {
    try await PBAssistanceService.Client(wrapping: client).getInvestigatorDeployment(
      .with { $0.name = resourceName(show.name, in: "investigatorDeployments") }, metadata: show.use.metadata,
      options: callOptions)
  }
}

/// `vigil assistance deployments add`.
struct DeploymentsAddCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Records that investigators are sent.")

  @Argument(help: "The mission's code.")
  var mission: String
  @Argument(help: "The host State: EGY.")
  var state: String
  @Option(help: ArgumentHelp("The State that sends them.", valueName: "code"))
  var from: String
  @Option(help: ArgumentHelp("The host State's request, by its symbol.", valueName: "symbol"))
  var document: String
  @Option(help: "How many there are.")
  var investigators: Int32
  @OptionGroup var period: PeriodOptions
  @Option(name: .customLong("case"), help: ArgumentHelp("A case that it is about; repeat for more.", valueName: "name"))
  var cases: [String] = []
  @Option(help: ArgumentHelp("What they are to do.", valueName: "text"))
  var detail = ""
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateInvestigatorDeploymentRequest {
    var request = PBCreateInvestigatorDeploymentRequest()
    request.investigatorDeployment.mission = missionName(mission)
    request.investigatorDeployment.hostState = state
    request.investigatorDeployment.sendingState = from
    request.investigatorDeployment.requestDocument = document
    request.investigatorDeployment.investigators = investigators
    if let start = try period.start { request.investigatorDeployment.startDate = start }
    if let end = try period.end { request.investigatorDeployment.endDate = end }
    request.investigatorDeployment.cases = cases.map { resourceName($0, in: "cases") }
    request.investigatorDeployment.detail = detail
    return request
  }

  func call(
    _ request: PBCreateInvestigatorDeploymentRequest, _ client: GRPCClient<some ClientTransport>,
    _ callOptions: CallOptions
  ) async throws -> PBInvestigatorDeployment {
    try await PBAssistanceService.Client(wrapping: client).createInvestigatorDeployment(request, options: callOptions)
  }
}
