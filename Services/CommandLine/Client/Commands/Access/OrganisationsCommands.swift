import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access organisations list`.
struct OrganisationsListCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists organisations, by party.",
    discussion: "Filters know party, kind and active: --filter 'kind = STATE AND active = true'"
  )

  @OptionGroup var pages: PageOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let directory = PBDirectoryService.Client(wrapping: client)
    let writer = ListWriter(output.format, columns: PBOrganisation.columns, to: console)
    try await Listing(options: pages, output: console, notes: notes).write(with: writer) { token in
      let request = PBListOrganisationsRequest.with {
        $0.pageSize = pages.pageSize
        $0.pageToken = token
        $0.filter = pages.filter
      }
      let page = try await directory.listOrganisations(request, options: callOptions)
      return (page.organisations, page.nextPageToken)
    }
  }
}

/// `vigil access organisations create`.
struct OrganisationsCreateCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Puts an organisation on record. For operators.")

  @Argument(help: "Whom it acts for: KEN, minusma, AU, OIOS.")
  var party: String
  @Option(help: "STATE, MISSION, SECRETARIAT, REGIONAL, AUDITOR or OPERATOR.")
  var kind: String
  @Option(help: ArgumentHelp("Its name for people.", valueName: "text"))
  var displayName: String
  @Flag(help: "Only say what would be.")
  var dryRun = false
  @OptionGroup var change: ChangeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = PBCreateOrganisationRequest()
    request.organisation.party = party
    request.organisation.kind = try word(kind, option: "kind")
    request.organisation.displayName = displayName
    request.reason = change.reason
    request.requestID = change.requestID
    request.validateOnly = dryRun
    let made = try await PBDirectoryService.Client(wrapping: client).createOrganisation(request, options: callOptions)
    try RecordWriter(format: output.format, columns: PBOrganisation.columns, console: console).write(made)
  }
}
