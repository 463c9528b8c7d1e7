import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil sessions`.
struct SessionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions", abstract: "Where you are signed in.",
    subcommands: [SessionsListCommand.self, SessionsEndCommand.self])
}

/// `vigil sessions list`.
struct SessionsListCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists sessions, the latest first.",
    discussion: "Filters know active: --filter 'active = true'")

  @Option(help: ArgumentHelp("Another than you; for those who see the whole directory.", valueName: "principals/…"))
  var principal = ""
  @OptionGroup var pages: PageOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let service = PBIdentityService.Client(wrapping: client)
    var parent = resourceName(principal, in: "principals")
    if principal.isEmpty { parent = try await service.getIdentity(.init(), options: callOptions).principal }
    let whose = parent
    let writer = ListWriter(output.format, columns: PBSession.columns, to: console)
    try await Listing(options: pages, output: console, notes: notes).write(with: writer) { token in
      let request = PBListSessionsRequest.with {
        $0.parent = whose
        $0.pageSize = pages.pageSize
        $0.pageToken = token
        $0.filter = pages.filter
      }
      let page = try await service.listSessions(request, options: callOptions)
      return (page.sessions, page.nextPageToken)
    }
  }
}

/// `vigil sessions end`.
struct SessionsEndCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Ends a session at once: yours, and for operators anybody's.")

  @Argument(help: "The session, principals/…/sessions/… as a list shows it.")
  var name: String
  @OptionGroup var change: ChangeOptions

  func request() -> PBEndSessionRequest { .with { $0.name = name } }

  func call(
    _ request: PBEndSessionRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBSession {
    try await PBIdentityService.Client(wrapping: client).endSession(request, options: callOptions)
  }
}

extension PBEndSessionRequest: ChangeMessage {}
