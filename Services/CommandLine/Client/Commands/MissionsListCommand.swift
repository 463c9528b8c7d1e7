import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil missions list`.
struct MissionsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists missions, by code.",
    discussion: """
      Filters know code, kind, host_state and active:

        vigil missions list --filter 'active = true AND host_state = COD'
      """
  )

  @OptionGroup var pages: PageOptions
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
    let writer = ListWriter(output.format, columns: PBMission.columns, to: console)
    try await Listing(options: pages, output: console, notes: notes).write(with: writer) { token in
      let page = try await cases.listMissions(request(token), options: callOptions)
      return (page.missions, page.nextPageToken)
    }
  }

  private func request(_ token: String) -> PBListMissionsRequest {
    .with {
      $0.pageSize = pages.pageSize
      $0.pageToken = token
      $0.filter = pages.filter
    }
  }
}
