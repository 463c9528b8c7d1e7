import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access delegations list`.
struct DelegationsListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the delegations from and to a principal, the latest first.",
    discussion: "Filters know active: --filter 'active = true'"
  )

  @Argument(help: "The principal, principals/… as a list shows it.")
  var principal: String
  @OptionGroup var list: ListOptions

  func request() -> PBListDelegationsRequest { .with { $0.parent = resourceName(principal, in: "principals") } }

  func page(
    _ request: PBListDelegationsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBDelegation], next: String) {
    let page = try await PBDirectoryService.Client(wrapping: client).listDelegations(request, options: callOptions)
    return (page.delegations, page.nextPageToken)
  }
}

/// `vigil access delegations create`.
struct DelegationsCreateCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Hands over roles of your own to another of your organisation, for a time.")

  @Argument(help: "Who takes over, principals/… as a list shows it.")
  var delegate: String
  @Argument(help: "The roles: HQ, DSS, MFP, SFP.")
  var readers: [String]
  @Option(help: ArgumentHelp("When it ends: 2027-01-31, or 2027-01-31T12:00:00Z.", valueName: "time"))
  var until: Instant
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateDelegationRequest {
    var request = PBCreateDelegationRequest()
    request.delegation.delegate = resourceName(delegate, in: "principals")
    request.delegation.readers = try words(readers, option: "readers")
    request.delegation.endTime = until.time
    return request
  }

  func call(
    _ request: PBCreateDelegationRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBDelegation {
    try await PBDirectoryService.Client(wrapping: client).createDelegation(request, options: callOptions)
  }
}

/// `vigil access delegations revoke`.
struct DelegationsRevokeCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Ends a delegation now; it stays on record.")

  @OptionGroup var target: TargetOptions
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() -> PBRevokeDelegationRequest {
    .with {
      $0.name = target.name(in: "delegations")
      $0.etag = target.etag
    }
  }

  func call(
    _ request: PBRevokeDelegationRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBDelegation {
    try await PBDirectoryService.Client(wrapping: client).revokeDelegation(request, options: callOptions)
  }
}
