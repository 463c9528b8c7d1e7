import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil cases get`.
struct CasesGetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "Shows one case with its victims."
  )

  @Argument(help: "Name of the case, cases/… as a list shows it.")
  var name: String
  @OptionGroup var use: PurposeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func run() async throws {
    let settings = try await connection.settings(.standard())
    try await SystemConnection(settings: settings).run { client in
      try await get(client, settings.callOptions(), to: .standardOutput)
    }
  }

  func get(_ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console) async throws {
    let request = PBGetCaseRequest.with { $0.name = name.contains("/") ? name : "cases/\(name)" }
    let found = try await PBCaseService.Client(wrapping: client)
      .getCase(request, metadata: use.metadata, options: callOptions)
    let writer = RecordWriter(format: output.format, columns: PBCase.columns, console: console)
    try writer.write(found, appendix: Self.victims(of: found))
  }

  private static func victims(of found: PBCase) -> String {
    guard !found.victims.isEmpty else { return "" }
    let columns = PBVictim.columns.filter { $0.audience != .programs }
    var table = TextTable(header: columns.map { ($0.title, $0.alignment) })
    for victim in found.victims { table.append(columns.map { $0.value(victim) }) }
    return "\n" + table.text()
  }
}
