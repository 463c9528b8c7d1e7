import ArgumentParser
import Foundation
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil evidence upload`.
struct EvidenceUploadCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "upload",
    abstract: "Uploads the content of an item, which has it for good.",
    discussion: "What was cut off goes on where it was when the command is given again with the same file."
  )

  @Argument(help: "The item, by its name as a list shows it.")
  var name: String
  @Argument(help: "The file.", completion: .file())
  var file: String
  @OptionGroup var change: CaseChangeOptions

  var connection: ConnectionOptions { change.connection }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let file = try FileUpload(path: file)
    let checking = ProgressBar(title: "\(file.name): reading", total: file.size, console: notes)
    let digest: Data
    do {
      defer { checking.clear() }
      digest = try await file.wholeDigest { checking.show($0) }
    }
    let stored = try await upload(file, digest, client, callOptions, notes)
    try RecordWriter(format: change.output.format, columns: PBEvidenceItem.columns, console: console).write(stored)
  }

  private func upload(
    _ file: FileUpload, _ digest: Data, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions,
    _ notes: Console
  ) async throws -> PBEvidenceItem {
    let service = PBEvidenceService.Client(wrapping: client)
    let state = try await service.getUploadState(
      .with { $0.name = name }, metadata: change.use.metadata, options: callOptions)
    let isSame = state.sizeBytes == Int64(file.size) && state.sha256 == digest
    let config = PBUploadEvidenceConfig.with {
      $0.name = name
      $0.offset = isSame ? state.offset : 0
      $0.sizeBytes = Int64(file.size)
      $0.sha256 = digest
      $0.reason = change.reason
      $0.requestID = UUID().uuidString.lowercased()
    }
    let bar = ProgressBar(title: file.name, total: file.size, console: notes)
    let request = StreamingClientRequest<PBUploadEvidenceRequest>(metadata: change.use.metadata) { writer in
      try await writer.write(.with { $0.config = config })
      var sent = Int(config.offset)
      try await file.forEachChunk(from: sent, of: 1 << 20) { chunk in
        try await writer.write(.with { $0.chunk = chunk })
        sent += chunk.count
        bar.show(sent)
      }
      bar.wait("checking and storing")
    }
    defer { bar.clear() }
    return try await service.uploadEvidence(request: request, options: callOptions.lasting(connection))
  }
}

extension CallOptions {
  /// For as long as a large file takes, unless somebody has said for how long.
  func lasting(_ connection: ConnectionOptions) -> CallOptions {
    var options = self
    if connection.timeout == nil { options.timeout = .seconds(24 * 3600) }
    return options
  }
}
