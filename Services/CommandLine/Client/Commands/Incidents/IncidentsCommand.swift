import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil cases incidents`.
struct IncidentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incidents",
    abstract: "What happened.",
    discussion: "What is said of an incident is never changed: a later account stands for it.",
    subcommands: [
      IncidentsListCommand.self, IncidentsGetCommand.self, IncidentsAddCommand.self, IncidentsUpdateCommand.self,
      IncidentsHistoryCommand.self,
    ]
  )
}

/// `vigil cases incidents list`.
struct IncidentsListCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the incidents of a case.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListIncidentsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBIncident], next: String) {
    let page = try await PBIncidentService.Client(wrapping: client).listIncidents(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.incidents, page.nextPageToken)
  }
}

/// `vigil cases incidents history`.
struct IncidentsHistoryCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Lists the accounts that were given of an incident.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListIncidentAccountsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBIncident], next: String) {
    let page = try await PBIncidentService.Client(wrapping: client).listIncidentAccounts(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.incidents, page.nextPageToken)
  }
}

/// `vigil cases incidents get`.
struct IncidentsGetCommand: CallingCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Shows an incident.")

  @OptionGroup var entries: EntriesOptions

  var connection: ConnectionOptions { entries.connection }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = PBGetIncidentRequest()
    request.name = entries.name
    if let time = entries.at?.time { request.readTime = time }
    let found = try await PBIncidentService.Client(wrapping: client).getIncident(
      request, metadata: entries.use.metadata, options: callOptions)
    try RecordWriter(format: entries.output.format, columns: PBIncident.columns, console: console).write(found)
  }
}

/// `vigil cases incidents add`.
struct IncidentsAddCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(commandName: "add", abstract: "Puts an incident on record of a case.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @OptionGroup var incident: IncidentOptions
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBCreateIncidentRequest {
    var request = PBCreateIncidentRequest()
    request.parent = resourceName(name, in: "cases")
    request.incident = try incident.message()
    return request
  }

  func call(
    _ request: PBCreateIncidentRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBIncident {
    try await PBIncidentService.Client(wrapping: client).createIncident(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil cases incidents update`.
struct IncidentsUpdateCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Gives a new account of an incident: what is given here, the rest as before.")

  @OptionGroup var subject: CaseTargetOptions
  @OptionGroup var incident: IncidentOptions
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBUpdateIncidentRequest {
    var request = PBUpdateIncidentRequest()
    request.incident = try incident.message()
    request.incident.name = subject.name
    request.incident.etag = subject.etag
    return request
  }

  func call(
    _ request: PBUpdateIncidentRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBIncident {
    try await PBIncidentService.Client(wrapping: client).updateIncident(
      request, metadata: change.use.metadata, options: callOptions)
  }
}
