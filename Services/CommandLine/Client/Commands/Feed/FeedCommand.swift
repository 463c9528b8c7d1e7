import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilFeedAPI

/// `vigil feed`.
struct FeedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feed",
    abstract: "Which cases have changed.",
    discussion: """
      A change says which case, and of what kind; what it is like now is shown by the commands for cases. Keep the cursor \
      together with what you made of the changes before it, and go on from there:

        vigil feed list --all --format json
        vigil feed watch --from CURSOR
      """,
    subcommands: [FeedListCommand.self, FeedWatchCommand.self]
  )
}

/// `vigil feed list`.
struct FeedListCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists changes, the earliest first; says on standard error where to go on.")

  @Option(help: ArgumentHelp("Where to begin; the beginning if not given.", valueName: "cursor"))
  var from = ""
  @Option(help: ArgumentHelp("Changes of one page; at most 1000.", valueName: "count"))
  var pageSize: Int32 = 0
  @Flag(help: "All that there are for now, not one page.")
  var all = false
  @OptionGroup var use: PurposeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func request() -> PBListChangesRequest {
    .with {
      $0.pageToken = from
      $0.pageSize = pageSize
    }
  }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var writer = ListWriter(output.format, columns: PBChange.columns, to: console)
    var request = request()
    var page: PBListChangesResponse
    repeat {
      page = try await PBFeedService.Client(wrapping: client).listChanges(
        request, metadata: use.metadata, options: callOptions)
      try writer.append(page.changes)
      request.pageToken = page.nextPageToken
    } while all && !request.pageToken.isEmpty
    try writer.finish()
    try notes.write("\(request.pageToken.isEmpty ? "No more for now" : "There are more"): --from \(page.cursor)\n")
  }
}

/// `vigil feed watch`.
struct FeedWatchCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Writes changes as they are made, until it is stopped.",
    discussion: "In JSON a message of vigil.feed.v1.WatchChangesResponse in each line, with the cursor after it."
  )

  /// How they are written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    /// A message in each line, as proto3 JSON.
    case jsonl
    /// RFC 4180, a change in each line, with a header.
    case csv
  }

  @Option(help: "How to write them.")
  var format: Format = .jsonl
  @Option(help: ArgumentHelp("Where to begin; now if not given.", valueName: "cursor"))
  var from = ""
  @OptionGroup var use: PurposeOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var options = callOptions
    // As long as somebody watches.
    if connection.timeout == nil { options.timeout = nil }
    let format = format
    let request = PBWatchChangesRequest.with { $0.cursor = from }
    if format == .csv { try console.write(CSVText.record(PBChange.columns.map(\.name))) }
    try await PBFeedService.Client(wrapping: client)
      .watchChanges(request, metadata: use.metadata, options: options) { response in
        for try await message in response.messages {
          switch format {
          case .jsonl: try console.write(try JSONText.line(message) + "\n")
          case .csv:
            let lines = message.changes.map { change in CSVText.record(PBChange.columns.map { $0.value(change) }) }
            try console.write(lines.joined())
          }
        }
      }
  }
}

extension PBChange: Tabular {
  /// A change as a line of a list.
  static let columns: [Column<PBChange>] = [
    Column("change_time") { $0.changeTime.text },
    Column("kind") { label($0.kind) },
    Column("case") { $0.case },
    Column("parts") { labels($0.parts) },
    Column("etag") { $0.etag },
  ]
}
