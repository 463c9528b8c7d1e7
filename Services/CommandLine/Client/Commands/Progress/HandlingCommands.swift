import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil cases create`.
struct CasesCreateCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Puts a case on record as a draft.")

  @Argument(help: "Code of the mission.")
  var mission: String
  @Option(help: ArgumentHelp("First day, as precise as known: 2020-05-10, 2020-05 or 2020.", valueName: "date"))
  var date: String
  @Option(help: ArgumentHelp("Last day of several.", valueName: "date"))
  var until: String = ""
  @Option(help: ArgumentHelp("What was done: KILLING, ABDUCTION, ….", valueName: "act"))
  var act: String
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBCreateCaseRequest {
    var request = PBCreateCaseRequest()
    request.case.mission =
      mission.hasPrefix("missions/") ? mission : "missions/" + mission.lowercased().replacing(" ", with: "-")
    request.case.incidentDate = try partialDate(date, option: "date")
    if !until.isEmpty { request.case.incidentEndDate = try partialDate(until, option: "until") }
    request.case.act = try word(act, option: "act")
    return request
  }

  func call(
    _ request: PBCreateCaseRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBCase {
    try await PBLifecycleService.Client(wrapping: client).createCase(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil cases move`.
struct CasesMoveCommand: CaseChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Takes a step that one person may take.")

  @OptionGroup var target: CaseTargetOptions
  @Argument(help: "TRIAGE, OPEN, DORMANT, OUT_OF_SCOPE or ENTERED_IN_ERROR.")
  var state: String
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBTransitionCaseRequest {
    var request = PBTransitionCaseRequest()
    request.name = target.name(in: "cases") + "/lifecycle"
    request.etag = target.etag
    request.state = try word(state, option: "state")
    return request
  }

  func call(
    _ request: PBTransitionCaseRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBCaseLifecycle {
    try await PBLifecycleService.Client(wrapping: client).transitionCase(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil cases reopen`.
struct CasesReopenCommand: CaseChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Opens a closed case again; the reason is kept with it.")

  @OptionGroup var target: CaseTargetOptions
  @OptionGroup var change: CaseChangeOptions

  func request() -> PBTransitionCaseRequest {
    var request = PBTransitionCaseRequest()
    request.name = target.name(in: "cases") + "/lifecycle"
    request.etag = target.etag
    request.state = .open
    return request
  }

  func call(
    _ request: PBTransitionCaseRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBCaseLifecycle {
    try await PBLifecycleService.Client(wrapping: client).transitionCase(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil cases handling`.
struct CasesHandlingCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "handling", abstract: "Says where a case stands in its handling, and what may follow.")

  @OptionGroup var entries: EntriesOptions

  var connection: ConnectionOptions { entries.connection }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = PBGetCaseLifecycleRequest()
    request.name = resourceName(entries.name, in: "cases") + "/lifecycle"
    if let time = entries.at?.time { request.readTime = time }
    let found = try await PBLifecycleService.Client(wrapping: client).getCaseLifecycle(
      request, metadata: entries.use.metadata, options: callOptions)
    try RecordWriter(format: entries.output.format, columns: PBCaseLifecycle.columns, console: console).write(found)
  }
}

/// `vigil cases steps`.
struct CasesStepsCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "steps", abstract: "Lists the steps that a case took.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListCaseTransitionsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBCaseTransition], next: String) {
    let page = try await PBLifecycleService.Client(wrapping: client).listCaseTransitions(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.caseTransitions, page.nextPageToken)
  }
}
