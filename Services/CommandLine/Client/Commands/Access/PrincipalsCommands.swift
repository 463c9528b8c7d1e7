import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access principals list`.
struct PrincipalsListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists principals.",
    discussion: "Filters know organisation, reader and disabled: --filter 'reader = HQ AND disabled = false'"
  )

  @OptionGroup var list: ListOptions

  func page(
    _ request: PBListPrincipalsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBPrincipal], next: String) {
    let page = try await PBDirectoryService.Client(wrapping: client).listPrincipals(request, options: callOptions)
    return (page.principals, page.nextPageToken)
  }
}

/// `vigil access principals create`.
struct PrincipalsCreateCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Puts a principal on record, without any role. For operators.")

  @Argument(help: "Its organisation, organisations/… as a list shows it.")
  var organisation: String
  @Option(help: ArgumentHelp("Name in a system's certificates, spiffe://…/client/….", valueName: "uri"))
  var certificateURI = ""
  @Option(help: ArgumentHelp("Subject of a person's tokens.", valueName: "text"))
  var tokenSubject = ""
  @Option(help: "UNCLASSIFIED, CONFIDENTIAL or STRICTLY_CONFIDENTIAL.")
  var clearance: String
  @Option(help: ArgumentHelp("Its name for people.", valueName: "text"))
  var displayName: String
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreatePrincipalRequest {
    var request = PBCreatePrincipalRequest()
    request.principal.organisation = resourceName(organisation, in: "organisations")
    request.principal.certificateUri = certificateURI
    request.principal.tokenSubject = tokenSubject
    request.principal.clearance = try word(clearance, option: "clearance")
    request.principal.displayName = displayName
    return request
  }

  func call(
    _ request: PBCreatePrincipalRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBPrincipal {
    try await PBDirectoryService.Client(wrapping: client).createPrincipal(request, options: callOptions)
  }
}

/// `vigil access principals disable`.
struct PrincipalsDisableCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Stops a principal at once and for good. For operators.")

  @OptionGroup var target: TargetOptions
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() -> PBDisablePrincipalRequest {
    .with {
      $0.name = target.name(in: "principals")
      $0.etag = target.etag
    }
  }

  func call(
    _ request: PBDisablePrincipalRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBPrincipal {
    try await PBDirectoryService.Client(wrapping: client).disablePrincipal(request, options: callOptions)
  }
}
