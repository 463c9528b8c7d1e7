import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil cases export`.
struct CasesExportCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes all the cases that you may see, as they come.",
    discussion: "What is shown is as in lists, and is logged as they are. Ends with an error when it is not complete."
  )

  /// How they are written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    /// RFC 4180, with a header.
    case csv
    /// A case in each line, as proto3 JSON.
    case jsonl
  }

  @Option(help: "How to write them.")
  var format: Format = .csv
  @Option(help: ArgumentHelp("Which cases (AIP-160), such as 'mission = MINUSMA'.", valueName: "condition"))
  var filter = ""
  @Option(help: ArgumentHelp("'incident_date' or 'incident_date desc'.", valueName: "field"))
  var orderBy = ""
  @Flag(help: "With the victims (jsonl only shows them).")
  var full = false
  @OptionGroup var use: PurposeOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var options = callOptions
    // As long as the register is.
    if connection.timeout == nil { options.timeout = .seconds(4 * 3600) }
    let request = PBExportCasesRequest.with {
      $0.filter = filter
      $0.orderBy = orderBy
      $0.view = full ? .full : .basic
    }
    let format = format
    if format == .csv { try console.write(CSVText.record(Self.columns.map(\.name))) }
    let count = try await PBExportService.Client(wrapping: client)
      .exportCases(request, metadata: use.metadata, options: options) { response in
        var count = 0
        for try await part in response.messages {
          try console.write(try part.cases.map { try Self.line($0, format) }.joined())
          count += part.cases.count
        }
        return count
      }
    try notes.write("\(count) \(count == 1 ? "case" : "cases")\n")
  }

  private static let columns = PBCase.columns.filter { $0.audience != .people }

  private static func line(_ found: PBCase, _ format: Format) throws -> String {
    switch format {
    case .csv: CSVText.record(columns.map { $0.value(found) })
    case .jsonl: try JSONText.line(found) + "\n"
    }
  }
}
