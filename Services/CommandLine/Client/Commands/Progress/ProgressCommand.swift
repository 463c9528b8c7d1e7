import ArgumentParser
import GRPCCore
import VigilCasesAPI

/// `vigil progress`.
struct ProgressCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "progress",
    abstract: "What becomes of a case: proceedings, stages, communications, proposals.",
    subcommands: [
      ProgressShowCommand.self, TimelineCommand.self, AssertCommand.self, AssertionsCommand.self, TrackCommand.self,
      ProceedingsCommand.self, FactsCommand.self, SuspectsCommand.self, CommunicationsCommand.self,
      ProposalsCommand.self,
    ]
  )
}

/// `vigil progress proceedings`.
struct ProceedingsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proceedings", abstract: "Where a crime is looked into.",
    subcommands: [ProceedingsListCommand.self, ProceedingsAddCommand.self]
  )
}

/// `vigil progress facts`.
struct FactsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts", abstract: "What happened in a proceeding: charges, hearings, ….",
    subcommands: [FactsListCommand.self, FactsAddCommand.self]
  )
}

/// `vigil progress suspects`.
struct SuspectsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suspects", abstract: "Who may have taken part.",
    subcommands: [SuspectsListCommand.self, SuspectsAddCommand.self]
  )
}

/// `vigil progress communications`.
struct CommunicationsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "communications", abstract: "Notes verbales, letters, meetings.",
    subcommands: [CommunicationsListCommand.self, CommunicationsAddCommand.self]
  )
}

/// `vigil progress proposals`.
struct ProposalsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proposals",
    abstract: "Changes that host States ask for; they alter nothing until they are accepted.",
    subcommands: [
      ProposalsListCommand.self, ProposalsAssertCommand.self, ProposalsSuspectCommand.self,
      ProposalsAcceptCommand.self, ProposalsRefuseCommand.self, ProposalsWithdrawCommand.self,
    ]
  )
}

/// `vigil progress show`.
struct ProgressShowCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Says how far a case has come, track by track.")

  @OptionGroup var entries: EntriesOptions

  var connection: ConnectionOptions { entries.connection }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = PBGetCaseProgressRequest()
    request.name = resourceName(entries.name, in: "cases") + "/progress"
    if let time = entries.at?.time { request.readTime = time }
    let found = try await PBProgressService.Client(wrapping: client).getCaseProgress(
      request, metadata: entries.use.metadata, options: callOptions)
    var writer = ListWriter(entries.output.format, columns: PBTrack.columns, to: console)
    try writer.append(found.tracks)
    try writer.finish()
    let disputed = found.disputed ? ", disputed" : ""
    try notes.write("Current: \(label(found.current)); furthest: \(label(found.furthest))\(disputed)\n")
  }
}

/// `vigil progress timeline`.
struct TimelineCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline", abstract: "Lists what became known of a case.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListTimelineRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBTimelineEntry], next: String) {
    let page = try await PBProgressService.Client(wrapping: client).listTimeline(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.entries, page.nextPageToken)
  }
}
