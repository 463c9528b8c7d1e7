import ArgumentParser
import Foundation
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil import un-fatalities`.
struct ImportUNFatalitiesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "un-fatalities",
    abstract: "Imports a publication of the UN peacekeeping fatalities (DPPADPOSS-FATALITIES), a CSV file.",
    discussion: """
      All or nothing: an import that fails or is interrupted changes nothing. Importing the same file again \
      changes nothing either. Ends with 65 when the file was refused; single rows may be refused and the rest taken.
      """
  )

  @Argument(help: "The CSV file.", completion: .file(extensions: ["csv"]))
  var file: String
  @Option(help: ArgumentHelp("The publication's date, to be sure that it is the file meant.", valueName: "YYYY-MM-DD"))
  var publicationDate: String?
  @Option(help: ArgumentHelp("Where the file was got, for the record.", valueName: "text"))
  var source = ""
  @Flag(help: "Only say what the import would do.")
  var validateOnly = false
  @Flag(help: "Accept a publication that lacks many records of the one before.")
  var allowManyWithdrawals = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func run() async throws {
    let settings = try await connection.settings(.standard())
    let upload = try FileUpload(path: file)
    let configuration = try configuration(of: upload)
    try await SystemConnection(settings: settings).run { client in
      let options = settings.callOptions(limit: .seconds(600))
      try await perform(client, options, configuration, upload, to: .standardOutput, progress: .standardError)
    }
  }

  func perform(
    _ client: GRPCClient<some ClientTransport>,
    _ callOptions: CallOptions,
    _ configuration: PBImportUNFatalitiesConfig,
    _ upload: FileUpload,
    to console: Console,
    progress: Console
  ) async throws {
    let bar = ProgressBar(title: upload.name, total: upload.size, console: progress)
    let request = StreamingClientRequest<PBImportUNFatalitiesRequest> { writer in
      try await writer.write(.with { $0.config = configuration })
      var sent = 0
      try await upload.forEachChunk { chunk in
        try await writer.write(.with { $0.chunk = chunk })
        sent += chunk.count
        bar.show(sent)
      }
      bar.wait("checking and writing")
    }
    let response: PBImportUNFatalitiesResponse
    do {
      defer { bar.clear() }
      response = try await PBImportService.Client(wrapping: client)
        .importUNFatalities(request: request, options: callOptions)
    } catch let error as RPCError where CommandExit(error.code) == .usage {
      // What is invalid in this call is the file.
      var failure = CommandFailure(error, connection: nil)
      failure.status = .badData
      throw failure
    }
    try ImportReport(response: response).write(output.format, to: console)
  }

  /// - Throws: ``CommandFailure`` when the date is not one.
  func configuration(of upload: FileUpload) throws(CommandFailure) -> PBImportUNFatalitiesConfig {
    var configuration = PBImportUNFatalitiesConfig()
    configuration.requestID = UUID().uuidString.lowercased()
    configuration.validateOnly = validateOnly
    configuration.source = source
    configuration.fileSizeBytes = Int64(upload.size)
    configuration.fileSha256 = try upload.digest()
    configuration.allowManyWithdrawals = allowManyWithdrawals
    if let publicationDate {
      guard let date = PBPartialDate(text: publicationDate), date.day != 0 else {
        throw CommandFailure(
          status: .usage, reason: "the publication date must be YYYY-MM-DD, not '\(publicationDate)'"
        )
      }
      configuration.publicationDate = date
    }
    return configuration
  }
}
