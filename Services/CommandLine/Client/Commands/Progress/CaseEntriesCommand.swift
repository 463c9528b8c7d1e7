import ArgumentParser
import GRPCCore
import SwiftProtobuf

/// What is asked about a case, or something of it.
struct EntriesOptions: ParsableArguments {
  @Argument(help: "Its name as a list shows it.")
  var name: String
  @Option(help: ArgumentHelp("As it was known then: 2027-01-31, or 2027-01-31T12:00:00Z.", valueName: "time"))
  var at: Moment?
  @OptionGroup var use: PurposeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions
}

/// A request for a page of what is on record of a case.
protocol EntriesMessage: SwiftProtobuf.Message {
  var parent: String { get set }
  var pageToken: String { get set }
  var readTime: Google_Protobuf_Timestamp { get set }
}

/// A command that lists all that is on record of one kind.
protocol CaseEntriesCommand: CallingCommand {
  associatedtype Request: EntriesMessage
  associatedtype Row: CaseRow

  var entries: EntriesOptions { get }

  /// An empty next token ends the list.
  func page(
    _ request: Request, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [Row], next: String)
}

extension CaseEntriesCommand {
  var connection: ConnectionOptions { entries.connection }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = Request()
    request.parent = resourceName(entries.name, in: "cases")
    if let time = entries.at?.time { request.readTime = time }
    var writer = ListWriter(entries.output.format, columns: Row.columns, to: console)
    repeat {
      let page = try await page(request, client, callOptions)
      try writer.append(page.rows)
      request.pageToken = page.next
    } while !request.pageToken.isEmpty
    try writer.finish()
  }
}

/// A record of a case that lists and answers show.
protocol CaseRow: SwiftProtobuf.Message {
  static var columns: [Column<Self>] { get }
}

/// A point in time as it is typed: RFC 3339, or a day for its first moment in UTC.
struct Moment: ExpressibleByArgument, Equatable {
  let time: Google_Protobuf_Timestamp

  init?(argument: String) {
    let text = argument.contains("T") ? argument : argument + "T00:00:00Z"
    guard let time = try? Google_Protobuf_Timestamp(jsonString: "\"\(text)\"") else { return nil }
    self.time = time
  }
}
