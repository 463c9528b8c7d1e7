import ArgumentParser
import GRPCCore
import VigilAccessAPI

/// `vigil whoami`.
struct WhoamiCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "whoami", abstract: "Says who you are to the register, and in what quality.")

  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let identity = try await PBIdentityService.Client(wrapping: client).getIdentity(.init(), options: callOptions)
    try RecordWriter(format: output.format, columns: PBIdentity.columns, console: console).write(identity)
  }
}
