import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil assistance requests list`.
struct AssistanceRequestsListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what host States ask for.",
    discussion: "Filters know mission, host_state, type, state and case."
  )

  @OptionGroup var list: ListOptions
  @OptionGroup var use: PurposeOptions

  func page(
    _ request: PBListAssistanceRequestsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBAssistanceRequest], next: String) {
    let page = try await PBAssistanceService.Client(wrapping: client).listAssistanceRequests(
      request, metadata: use.metadata, options: callOptions)
    return (page.assistanceRequests, page.nextPageToken)
  }
}

/// `vigil assistance requests get`.
struct AssistanceRequestsGetCommand: ShowingCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Shows one of them.")

  @OptionGroup var show: ShowOptions

  func find(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBAssistanceRequest {
    try await PBAssistanceService.Client(wrapping: client).getAssistanceRequest(
      .with { $0.name = resourceName(show.name, in: "assistanceRequests") }, metadata: show.use.metadata,
      options: callOptions)
  }
}

/// `vigil assistance requests add`.
struct AssistanceRequestsAddCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Puts a request on record; of a host State's own, it is proposed.")

  @Argument(help: "The mission's code.")
  var mission: String
  @Argument(help: "The host State: EGY.")
  var state: String
  @Option(help: ArgumentHelp("Who asks, by its office.", valueName: "text"))
  var authority: String
  @Option(name: .customLong("type"), help: "LAW_ENFORCEMENT, FORENSICS, …; repeat for more.")
  var types: [String]
  @Option(help: ArgumentHelp("When it was made.", valueName: "date"))
  var date: String
  @Option(name: .customLong("gap"), help: ArgumentHelp("What the State lacks; repeat for more.", valueName: "text"))
  var gaps: [String] = []
  @Option(name: .customLong("case"), help: ArgumentHelp("A case that it is about; repeat for more.", valueName: "name"))
  var cases: [String] = []
  @Option(help: ArgumentHelp("The document, by its symbol.", valueName: "symbol"))
  var document = ""
  @Option(help: ArgumentHelp("What is asked for.", valueName: "text"))
  var detail = ""
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateAssistanceRequestRequest {
    var request = PBCreateAssistanceRequestRequest()
    request.assistanceRequest.mission = missionName(mission)
    request.assistanceRequest.hostState = state
    request.assistanceRequest.authority = authority
    request.assistanceRequest.types = try words(types, option: "type")
    request.assistanceRequest.requestDate = try partialDate(date, option: "date")
    request.assistanceRequest.gaps = gaps
    request.assistanceRequest.cases = cases.map { resourceName($0, in: "cases") }
    request.assistanceRequest.document = document
    request.assistanceRequest.detail = detail
    return request
  }

  func call(
    _ request: PBCreateAssistanceRequestRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBAssistanceRequest {
    try await PBAssistanceService.Client(wrapping: client).createAssistanceRequest(request, options: callOptions)
  }
}

/// `vigil assistance requests update`.
struct AssistanceRequestsUpdateCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Changes a request: only what is said.")

  @OptionGroup var target: TargetOptions
  @Option(help: ArgumentHelp("The mandate within which it is answered.", valueName: "text"))
  var mandate: String?
  @Option(help: ArgumentHelp("What is asked for.", valueName: "text"))
  var detail: String?
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBUpdateAssistanceRequestRequest {
    var request = PBUpdateAssistanceRequestRequest()
    request.assistanceRequest.name = target.name(in: "assistanceRequests")
    request.assistanceRequest.etag = target.etag
    if let mandate {
      request.assistanceRequest.mandateBasis = mandate
      request.updateMask.paths.append("mandate_basis")
    }
    if let detail {
      request.assistanceRequest.detail = detail
      request.updateMask.paths.append("detail")
    }
    return request
  }

  func call(
    _ request: PBUpdateAssistanceRequestRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBAssistanceRequest {
    try await PBAssistanceService.Client(wrapping: client).updateAssistanceRequest(request, options: callOptions)
  }
}

/// `vigil assistance requests move`.
struct AssistanceRequestsMoveCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Takes a step: REQUESTED, ACCEPTED, DECLINED, IN_DELIVERY, ….")

  @OptionGroup var target: TargetOptions
  @Argument(help: "Where it is to stand.")
  var state: String
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBTransitionAssistanceRequestRequest {
    var request = PBTransitionAssistanceRequestRequest()
    request.name = target.name(in: "assistanceRequests")
    request.etag = target.etag
    request.state = try word(state, option: "state")
    return request
  }

  func call(
    _ request: PBTransitionAssistanceRequestRequest, _ client: GRPCClient<some ClientTransport>,
    _ callOptions: CallOptions
  ) async throws -> PBAssistanceRequest {
    try await PBAssistanceService.Client(wrapping: client).transitionAssistanceRequest(request, options: callOptions)
  }
}
