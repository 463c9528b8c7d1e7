import ArgumentParser
import GRPCCore
import VigilCasesAPI
import VigilTypeAPI

/// `vigil cases regradings`.
struct RegradingsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regradings",
    abstract: "The classifications of cases, which two persons lower.",
    discussion:
      "One proposes it (vigil cases regrade), another confirms or refuses it. To raise one takes one person.",
    subcommands: [
      RegradingsListCommand.self, RegradingsConfirmCommand.self, RegradingsRefuseCommand.self,
    ]
  )
}

/// `vigil cases regrade`.
struct CasesRegradeCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "regrade",
    abstract: "Raises the classification of a case, or proposes to lower it; another person confirms that.")

  @OptionGroup var target: CaseTargetOptions
  @Argument(help: "UNCLASSIFIED, CONFIDENTIAL or STRICTLY_CONFIDENTIAL.")
  var classification: String
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBProposeRegradingRequest {
    var request = PBProposeRegradingRequest()
    request.parent = target.name(in: "cases")
    request.regrading.classification = try word(classification, option: "classification")
    request.etag = target.etag
    return request
  }

  func call(
    _ request: PBProposeRegradingRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBRegrading {
    try await PBLifecycleService.Client(wrapping: client).proposeRegrading(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil cases regradings list`.
struct RegradingsListCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists how a case was classified, and what waits.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListRegradingsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBRegrading], next: String) {
    let page = try await PBLifecycleService.Client(wrapping: client).listRegradings(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.regradings, page.nextPageToken)
  }
}

/// `vigil cases regradings confirm`.
struct RegradingsConfirmCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm", abstract: "Lowers a case as another person proposed.")

  @OptionGroup var target: CaseTargetOptions
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() -> PBConfirmRegradingRequest {
    var request = PBConfirmRegradingRequest()
    request.name = target.name
    request.etag = target.etag
    return request
  }

  func call(
    _ request: PBConfirmRegradingRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBRegrading {
    try await PBLifecycleService.Client(wrapping: client).confirmRegrading(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil cases regradings refuse`.
struct RegradingsRefuseCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse", abstract: "Leaves a case classified as it is.")

  @OptionGroup var target: CaseTargetOptions
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() -> PBRefuseRegradingRequest {
    var request = PBRefuseRegradingRequest()
    request.name = target.name
    request.etag = target.etag
    return request
  }

  func call(
    _ request: PBRefuseRegradingRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBRegrading {
    try await PBLifecycleService.Client(wrapping: client).refuseRegrading(
      request, metadata: change.use.metadata, options: callOptions)
  }
}
