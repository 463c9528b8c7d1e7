import ArgumentParser
import Crypto
import Foundation
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil evidence download`.
struct EvidenceDownloadCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "download",
    abstract: "Downloads the content of an item, checked against its digest.",
    discussion: """
      Who downloads is in the log. Until all of it has come it is FILE.part; what was cut off goes on where it was when \
      the command is given again.
      """
  )

  @Argument(help: "The item, by its name as a list shows it.")
  var name: String
  @Argument(help: "The file to be written; not there yet.", completion: .file())
  var file: String
  @OptionGroup var use: PurposeOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let service = PBEvidenceService.Client(wrapping: client)
    let item = try await service.getEvidenceItem(
      .with { $0.name = name }, metadata: use.metadata, options: callOptions)
    let target = try FileDownload(path: file, size: item.sizeBytes)
    let bar = ProgressBar(title: target.name, total: Int(item.sizeBytes), console: notes)
    let request = PBDownloadEvidenceRequest.with {
      $0.name = name
      $0.offset = target.begun
    }
    defer { bar.clear() }
    let digest = try await service.downloadEvidence(
      request, metadata: use.metadata, options: callOptions.lasting(connection)
    ) { response in
      var writing = try target.begin()
      for try await part in response.messages {
        try writing.write(part.chunk)
        bar.show(writing.size)
      }
      return writing.digest()
    }
    guard digest == item.sha256 else {
      target.discard()
      throw CommandFailure(status: .badData, reason: "what came is not the content of \(name); nothing was kept")
    }
    try target.finish()
  }
}
