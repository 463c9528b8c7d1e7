import ArgumentParser
import GRPCCore
import GRPCHealthAPI

/// `vigil status`.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Shows which services answer, as the gateway sees them.",
    discussion: "Ends with 69 when one of them does not serve."
  )

  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func run() async throws {
    let settings = try await connection.settings(.standard())
    try await SystemConnection(settings: settings).run { client in
      try await show(client, settings.callOptions(limit: .seconds(5)), to: .standardOutput)
    }
  }

  func show(_ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console) async throws {
    let health = Grpc_Health_V1_Health.Client(wrapping: client)
    let answer = try await health.list(Grpc_Health_V1_HealthListRequest(), options: callOptions)
    let services = answer.statuses.map { ServiceHealth(service: $0.key, status: label($0.value.status)) }
    var writer = ListWriter(output.format, columns: ServiceHealth.columns, to: console) { try $0.json }
    try writer.append(services.sorted { $0.service < $1.service })
    try writer.finish()
    let failing = services.filter { $0.status != "SERVING" }.count
    guard failing > 0 else { return }
    throw CommandFailure(
      status: .unavailable,
      reason: "\(failing) of \(services.count) services \(failing == 1 ? "does" : "do") not serve",
      advice: "deploy/status and deploy/logs tell more on the machine itself."
    )
  }
}
