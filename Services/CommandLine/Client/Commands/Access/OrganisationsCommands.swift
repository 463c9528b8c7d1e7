import ArgumentParser
import GRPCCore
import VigilAccessAPI

/// `vigil access organisations list`.
struct OrganisationsListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists organisations, by party.",
    discussion: "Filters know party, kind and active: --filter 'kind = STATE AND active = true'"
  )

  @OptionGroup var list: ListOptions

  func page(
    _ request: PBListOrganisationsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBOrganisation], next: String) {
    let page = try await PBDirectoryService.Client(wrapping: client).listOrganisations(request, options: callOptions)
    return (page.organisations, page.nextPageToken)
  }
}

/// `vigil access organisations create`.
struct OrganisationsCreateCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Puts an organisation on record. For operators.")

  @Argument(help: "Whom it acts for: KEN, minusma, AU, OIOS.")
  var party: String
  @Option(help: "STATE, MISSION, SECRETARIAT, REGIONAL, AUDITOR or OPERATOR.")
  var kind: String
  @Option(help: ArgumentHelp("Its name for people.", valueName: "text"))
  var displayName: String
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateOrganisationRequest {
    var request = PBCreateOrganisationRequest()
    request.organisation.party = party
    request.organisation.kind = try word(kind, option: "kind")
    request.organisation.displayName = displayName
    return request
  }

  func call(
    _ request: PBCreateOrganisationRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBOrganisation {
    try await PBDirectoryService.Client(wrapping: client).createOrganisation(request, options: callOptions)
  }
}
