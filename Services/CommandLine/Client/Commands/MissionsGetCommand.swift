import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil missions get`.
struct MissionsGetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "Shows one mission with its hosts."
  )

  @Argument(help: "Code or name of the mission, such as MINUSMA or missions/minusma.")
  var name: String
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func run() async throws {
    let settings = try await connection.settings(.standard())
    try await SystemConnection(settings: settings).run { client in
      try await get(client, settings.callOptions(), to: .standardOutput)
    }
  }

  func get(_ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console) async throws {
    let request = PBGetMissionRequest.with { $0.name = resourceName }
    let found = try await PBCaseService.Client(wrapping: client).getMission(request, options: callOptions)
    let writer = RecordWriter(format: output.format, columns: PBMission.columns, console: console)
    try writer.write(found, appendix: Self.hosts(of: found))
  }

  var resourceName: String { missionName(name) }

  private static func hosts(of found: PBMission) -> String {
    guard !found.hosts.isEmpty else { return "" }
    let columns = PBMissionHost.columns
    var table = TextTable(header: columns.map { ($0.title, $0.alignment) })
    for host in found.hosts { table.append(columns.map { $0.value(host) }) }
    return "\n" + table.text()
  }
}

/// A code becomes a name as the API says: in lower case, hyphens for spaces.
func missionName(_ text: String) -> String {
  text.contains("/") ? text : "missions/" + text.lowercased().replacing(" ", with: "-")
}
