import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil audit export`.
struct AuditExportCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes entries with their proofs into a file that can be verified offline. Logged.",
    discussion: "The file has a message of vigil.access.v1.AuditBundlePart in each line, as JSON."
  )

  @Argument(help: "The file to write.", completion: .file(extensions: ["jsonl"]))
  var file: String
  @Option(
    help: ArgumentHelp("Which entries, as for the list; all that you may see if not given.", valueName: "condition"))
  var filter = ""
  @Option(help: "A head that you keep (JSON): adds the proof that the log has only grown since.", completion: .file())
  var known: String?
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = PBExportAuditBundleRequest()
    request.filter = filter
    if let known { request.knownTreeSize = try TreeHeadFile(path: known).read().treeSize }
    var options = callOptions
    // As long as the log is.
    if connection.timeout == nil { options.timeout = .seconds(3600) }
    let writer = try BundleWriter(path: file)
    let count = try await PBAuditService.Client(wrapping: client)
      .exportAuditBundle(request, options: options) { response in
        var count = 0
        for try await part in response.messages {
          try writer.write(part)
          if case .entry = part.part { count += 1 }
        }
        return count
      }
    try writer.finish()
    try notes.write("\(count) \(count == 1 ? "entry" : "entries") in \(file)\n")
  }
}
