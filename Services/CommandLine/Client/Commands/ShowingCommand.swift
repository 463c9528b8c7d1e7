import ArgumentParser
import GRPCCore
import SwiftProtobuf

/// The options of every command that shows one record.
struct ShowOptions: ParsableArguments {
  @Argument(help: "Its name as a list shows it.")
  var name: String
  @OptionGroup var use: PurposeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions
}

/// A command that shows one record.
protocol ShowingCommand: CallingCommand {
  associatedtype Answer: Tabular

  var show: ShowOptions { get }

  func find(_ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions) async throws -> Answer
}

extension ShowingCommand {
  var connection: ConnectionOptions { show.connection }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let found = try await find(client, callOptions)
    try RecordWriter(format: show.output.format, columns: Answer.columns, console: console).write(found)
  }
}
