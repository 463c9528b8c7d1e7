import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access principals list`.
struct PrincipalsListCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists principals.",
    discussion: "Filters know organisation, reader and disabled: --filter 'reader = HQ AND disabled = false'"
  )

  @OptionGroup var pages: PageOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let directory = PBDirectoryService.Client(wrapping: client)
    let writer = ListWriter(output.format, columns: PBPrincipal.columns, to: console)
    try await Listing(options: pages, output: console, notes: notes).write(with: writer) { token in
      let request = PBListPrincipalsRequest.with {
        $0.pageSize = pages.pageSize
        $0.pageToken = token
        $0.filter = pages.filter
      }
      let page = try await directory.listPrincipals(request, options: callOptions)
      return (page.principals, page.nextPageToken)
    }
  }
}

/// `vigil access principals create`.
struct PrincipalsCreateCommand: CallingCommand {
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
  @Flag(help: "Only say what would be.")
  var dryRun = false
  @OptionGroup var change: ChangeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = PBCreatePrincipalRequest()
    request.principal.organisation = resourceName(organisation, in: "organisations")
    request.principal.certificateUri = certificateURI
    request.principal.tokenSubject = tokenSubject
    request.principal.clearance = try word(clearance, option: "clearance")
    request.principal.displayName = displayName
    request.reason = change.reason
    request.requestID = change.requestID
    request.validateOnly = dryRun
    let made = try await PBDirectoryService.Client(wrapping: client).createPrincipal(request, options: callOptions)
    try RecordWriter(format: output.format, columns: PBPrincipal.columns, console: console).write(made)
  }
}

/// `vigil access principals disable`.
struct PrincipalsDisableCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Stops a principal at once and for good. For operators.")

  @Argument(help: "The principal, principals/… as a list shows it.")
  var name: String
  @Option(help: ArgumentHelp("Only if it is still as it was when this etag was read.", valueName: "etag"))
  var etag = ""
  @OptionGroup var change: ChangeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let request = PBDisablePrincipalRequest.with {
      $0.name = resourceName(name, in: "principals")
      $0.etag = etag
      $0.reason = change.reason
      $0.requestID = change.requestID
    }
    let stopped = try await PBDirectoryService.Client(wrapping: client).disablePrincipal(request, options: callOptions)
    try RecordWriter(format: output.format, columns: PBPrincipal.columns, console: console).write(stopped)
  }
}
