import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil audit head`.
struct AuditHeadCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "head",
    abstract: "Shows a signed tree head: what the log stands by. Keep it (--format json) to hold the log to it."
  )

  @Option(help: ArgumentHelp("The head of the log when it had so many entries; 0 for the latest.", valueName: "count"))
  var size: Int64 = 0
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let head = try await PBAuditService.Client(wrapping: client)
      .getTreeHead(.with { $0.treeSize = size }, options: callOptions)
    try RecordWriter(format: output.format, columns: PBTreeHead.columns, console: console).write(head)
  }
}
