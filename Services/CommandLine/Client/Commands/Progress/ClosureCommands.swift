import ArgumentParser
import GRPCCore
import VigilCasesAPI

/// `vigil cases closures`.
struct ClosuresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "closures",
    abstract: "The closing of cases, which takes two persons.",
    discussion: "One proposes it (vigil cases close), another confirms or refuses it.",
    subcommands: [ClosuresListCommand.self, ClosuresConfirmCommand.self, ClosuresRefuseCommand.self]
  )
}

/// `vigil cases close`.
struct CasesCloseCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Proposes to close a case; another person confirms it.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Option(help: "CONVICTION_FINAL, ACQUITTAL_FINAL, …, ADMIN_CLOSED_UNRESOLVED.")
  var outcome: String
  @Option(help: ArgumentHelp("Symbol of the document that it is known from.", valueName: "symbol"))
  var document: String = ""
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBProposeClosureRequest {
    var request = PBProposeClosureRequest()
    request.parent = resourceName(name, in: "cases")
    request.closure.outcome = try word(outcome, option: "outcome")
    request.closure.document = document
    return request
  }

  func call(
    _ request: PBProposeClosureRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBClosure {
    try await PBLifecycleService.Client(wrapping: client).proposeClosure(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil cases closures list`.
struct ClosuresListCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the closures proposed of a case.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListClosuresRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBClosure], next: String) {
    let page = try await PBLifecycleService.Client(wrapping: client).listClosures(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.closures, page.nextPageToken)
  }
}

/// `vigil cases closures confirm`.
struct ClosuresConfirmCommand: CaseChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm", abstract: "Closes a case as another person proposed.")

  @OptionGroup var target: CaseTargetOptions
  @OptionGroup var change: CaseChangeOptions

  func request() -> PBConfirmClosureRequest {
    var request = PBConfirmClosureRequest()
    request.name = target.name
    request.etag = target.etag
    return request
  }

  func call(
    _ request: PBConfirmClosureRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBClosure {
    try await PBLifecycleService.Client(wrapping: client).confirmClosure(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil cases closures refuse`.
struct ClosuresRefuseCommand: CaseChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse", abstract: "Leaves a case as it is.")

  @OptionGroup var target: CaseTargetOptions
  @OptionGroup var change: CaseChangeOptions

  func request() -> PBRefuseClosureRequest {
    var request = PBRefuseClosureRequest()
    request.name = target.name
    request.etag = target.etag
    return request
  }

  func call(
    _ request: PBRefuseClosureRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBClosure {
    try await PBLifecycleService.Client(wrapping: client).refuseClosure(
      request, metadata: change.use.metadata, options: callOptions)
  }
}
