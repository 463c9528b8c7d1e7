import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access grants list`.
struct GrantsListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists grants: all to case and legal officers, those to their own party to others.",
    discussion: "Filters know case, grantee, purpose, state and active: --filter 'state = REQUESTED AND grantee = KEN'"
  )

  @OptionGroup var list: ListOptions

  func page(
    _ request: PBListGrantsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBGrant], next: String) {
    let page = try await PBGrantService.Client(wrapping: client).listGrants(request, options: callOptions)
    return (page.grants, page.nextPageToken)
  }
}

/// `vigil access grants get`.
struct GrantsGetCommand: CallingCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Shows one grant.")

  @Argument(help: "The grant, grants/… as a list shows it.")
  var name: String
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let request = PBGetGrantRequest.with { $0.name = resourceName(name, in: "grants") }
    let grant = try await PBGrantService.Client(wrapping: client).getGrant(request, options: callOptions)
    try RecordWriter(format: output.format, columns: PBGrant.columns, console: console).write(grant)
  }
}

/// `vigil access grants request`.
struct GrantsRequestCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "request",
    abstract:
      "Asks for a grant: it opens data classes of a case for a purpose and a time, once another has approved it.",
    discussion: "vigil access grants request cases/… EXACT --grantee KEN --purpose PROSECUTION --until 2027-01-31 …"
  )

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Argument(help: "Data classes: EXACT, VICTIM_IDENTITY, WITNESS, ….")
  var dataClasses: [String]
  @Option(help: ArgumentHelp("The party that may use it; a State asks for itself only.", valueName: "party"))
  var grantee: String
  @Option(help: ArgumentHelp("The only one that may use it.", valueName: "principals/…"))
  var principal = ""
  @Option(help: ArgumentHelp("What for: INVESTIGATION, PROSECUTION, ….", valueName: "purpose"))
  var purpose: String
  @Option(help: ArgumentHelp("On what ground, for the record.", valueName: "text"))
  var legalBasis: String
  @Option(parsing: .upToNextOption, help: "What must hold while it is used: FAIR_TRIAL, VICTIM_CONSENT, ….")
  var conditions: [String] = []
  @Option(parsing: .upToNextOption, help: "Caveats that it lifts: OPSEC, WITNESS, ….")
  var lifts: [String] = []
  @Flag(help: "Let the grantee pass on what it reads.")
  var onwardSharing = false
  @Option(help: ArgumentHelp("When it ends: 2027-01-31, or 2027-01-31T12:00:00Z.", valueName: "time"))
  var until: Instant
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBRequestGrantRequest {
    var request = PBRequestGrantRequest()
    request.grant.case = resourceName(name, in: "cases")
    request.grant.dataClasses = try words(dataClasses, option: "data-classes")
    request.grant.grantee = grantee
    request.grant.principal = optionalName(principal, in: "principals")
    request.grant.purpose = try word(purpose, option: "purpose")
    request.grant.legalBasis = legalBasis
    request.grant.conditions = try words(conditions, option: "conditions")
    request.grant.liftedCaveats = try words(lifts, option: "lifts")
    request.grant.onwardSharingAllowed = onwardSharing
    request.grant.endTime = until.time
    return request
  }

  func call(
    _ request: PBRequestGrantRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBGrant {
    try await PBGrantService.Client(wrapping: client).requestGrant(request, options: callOptions)
  }
}
