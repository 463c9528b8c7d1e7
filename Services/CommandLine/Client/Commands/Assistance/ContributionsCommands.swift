import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil assistance contributions list`.
struct ContributionsListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what is given voluntarily.",
    discussion: "Filters know mission and party."
  )

  @OptionGroup var list: ListOptions
  @OptionGroup var use: PurposeOptions

  func page(
    _ request: PBListVoluntaryContributionsRequest, _ client: GRPCClient<some ClientTransport>,
    _ callOptions: CallOptions
  ) async throws -> (rows: [PBVoluntaryContribution], next: String) {
    let page = try await PBAssistanceService.Client(wrapping: client).listVoluntaryContributions(
      request, metadata: use.metadata, options: callOptions)
    return (page.voluntaryContributions, page.nextPageToken)
  }
}

/// `vigil assistance contributions get`.
struct ContributionsGetCommand: ShowingCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Shows one of them.")

  @OptionGroup var show: ShowOptions

  func find(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBVoluntaryContribution {
    try await PBAssistanceService.Client(wrapping: client).getVoluntaryContribution(
      .with { $0.name = resourceName(show.name, in: "voluntaryContributions") }, metadata: show.use.metadata,
      options: callOptions)
  }
}

/// `vigil assistance contributions add`.
struct ContributionsAddCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Records a voluntary contribution.")

  @Argument(help: "Who gives: AU.")
  var contributor: String
  @Option(help: ArgumentHelp("When it was pledged.", valueName: "date"))
  var date: String
  @Option(help: ArgumentHelp("The mission that it is given for.", valueName: "code"))
  var mission = ""
  @Option(help: ArgumentHelp("What it is given for.", valueName: "text"))
  var earmark = ""
  @Option(help: ArgumentHelp("What was pledged: 500 EUR.", valueName: "amount"))
  var pledged: Amount?
  @Option(help: ArgumentHelp("What was received.", valueName: "amount"))
  var received: Amount?
  @Option(help: ArgumentHelp("What was spent.", valueName: "amount"))
  var spent: Amount?
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateVoluntaryContributionRequest {
    var request = PBCreateVoluntaryContributionRequest()
    request.voluntaryContribution.contributor = contributor
    request.voluntaryContribution.pledgeDate = try partialDate(date, option: "date")
    request.voluntaryContribution.mission = mission.isEmpty ? "" : missionName(mission)
    request.voluntaryContribution.earmark = earmark
    if let pledged { request.voluntaryContribution.pledged = pledged.money }
    if let received { request.voluntaryContribution.received = received.money }
    if let spent { request.voluntaryContribution.spent = spent.money }
    return request
  }

  func call(
    _ request: PBCreateVoluntaryContributionRequest, _ client: GRPCClient<some ClientTransport>,
    _ callOptions: CallOptions
  ) async throws -> PBVoluntaryContribution {
    try await PBAssistanceService.Client(wrapping: client).createVoluntaryContribution(request, options: callOptions)
  }
}

/// `vigil assistance contributions update`.
struct ContributionsUpdateCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Changes what was received and spent.")

  @OptionGroup var target: TargetOptions
  @Option(help: ArgumentHelp("What was received, in all.", valueName: "amount"))
  var received: Amount?
  @Option(help: ArgumentHelp("What was spent, in all.", valueName: "amount"))
  var spent: Amount?
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBUpdateVoluntaryContributionRequest {
    var request = PBUpdateVoluntaryContributionRequest()
    request.voluntaryContribution.name = target.name(in: "voluntaryContributions")
    request.voluntaryContribution.etag = target.etag
    if let received { request.voluntaryContribution.received = received.money }
    if let spent { request.voluntaryContribution.spent = spent.money }
    return request
  }

  func call(
    _ request: PBUpdateVoluntaryContributionRequest, _ client: GRPCClient<some ClientTransport>,
    _ callOptions: CallOptions
  ) async throws -> PBVoluntaryContribution {
    try await PBAssistanceService.Client(wrapping: client).updateVoluntaryContribution(request, options: callOptions)
  }
}
