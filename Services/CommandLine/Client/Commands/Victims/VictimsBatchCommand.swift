import ArgumentParser
import Foundation
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil cases victims batch`.
struct VictimsBatchCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Puts victims of one case on record, all of them or none.",
    discussion: "The file holds a JSON array of victims, as vigil cases get --format json shows them.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Argument(help: "The file; - for the standard input.", completion: .file())
  var file: String
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  var connection: ConnectionOptions { change.connection }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let response = try await PBVictimService.Client(wrapping: client).batchCreateVictims(
      try request(), metadata: change.use.metadata, options: callOptions)
    var writer = ListWriter(change.output.format, columns: PBVictim.columns, to: console)
    try writer.append(response.victims)
    try writer.finish()
    if rehearsal.dryRun { try notes.write("Nothing was kept: this is what would be.\n") }
  }

  private func request() throws(CommandFailure) -> PBBatchCreateVictimsRequest {
    var request = PBBatchCreateVictimsRequest()
    request.parent = resourceName(name, in: "cases")
    request.victims = try victims()
    request.reason = change.reason
    request.requestID = UUID().uuidString.lowercased()
    request.validateOnly = rehearsal.dryRun
    return request
  }

  private func victims() throws(CommandFailure) -> [PBVictim] {
    do {
      let bytes =
        file == "-"
        ? FileHandle.standardInput.readDataToEndOfFile() : try Data(contentsOf: URL(filePath: file))
      return try PBVictim.array(fromJSONUTF8Bytes: bytes)
    } catch {
      throw CommandFailure(status: .usage, reason: "'\(file)' does not hold a JSON array of victims")
    }
  }
}
