import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil cases list`.
struct CasesListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists cases, the latest incident first.",
    discussion: """
      Filters know mission, mission_kind, host_state, nationality, category, personnel_group, incident_date, act, \
      state and victim_count, combined with AND, OR, NOT and brackets:

        vigil cases list --filter 'mission = MINUSMA AND incident_date >= 2019'
      """
  )

  @OptionGroup var pages: PageOptions
  @Option(help: ArgumentHelp("'incident_date' or 'incident_date desc'.", valueName: "field"))
  var orderBy = ""
  @Flag(help: "With the victims (JSON only shows them).")
  var full = false
  @OptionGroup var use: PurposeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func run() async throws {
    let settings = try await connection.settings(.standard())
    try await SystemConnection(settings: settings).run { client in
      try await list(client, settings.callOptions(), to: .standardOutput, notes: .standardError)
    }
  }

  func list(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let cases = PBCaseService.Client(wrapping: client)
    let writer = ListWriter(output.format, columns: PBCase.columns, to: console)
    try await Listing(options: pages, output: console, notes: notes).write(with: writer) { token in
      let page = try await cases.listCases(request(token), metadata: use.metadata, options: callOptions)
      return (page.cases, page.nextPageToken)
    }
  }

  private func request(_ token: String) -> PBListCasesRequest {
    .with {
      $0.pageSize = pages.pageSize
      $0.pageToken = token
      $0.filter = pages.filter
      $0.orderBy = orderBy
      $0.view = full ? .full : .basic
    }
  }
}
