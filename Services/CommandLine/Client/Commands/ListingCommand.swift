import ArgumentParser
import GRPCCore
import SwiftProtobuf

/// A request for a page of a list (AIP-158).
protocol PageRequest: SwiftProtobuf.Message {
  var pageSize: Int32 { get set }
  var pageToken: String { get set }
  var filter: String { get set }
}

/// The options of every command that lists.
struct ListOptions: ParsableArguments {
  @OptionGroup var pages: PageOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions
}

/// A command that lists records: it says what to ask for, and asks for a page.
protocol ListingCommand: CallingCommand {
  associatedtype Request: PageRequest
  associatedtype Row: Tabular

  var list: ListOptions { get }

  /// What to ask for, apart from pages and filter.
  func request() throws(CommandFailure) -> Request

  /// An empty next token ends the list.
  func page(
    _ request: Request, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [Row], next: String)
}

extension ListingCommand {
  var connection: ConnectionOptions { list.connection }

  func request() throws(CommandFailure) -> Request { Request() }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let writer = ListWriter(list.output.format, columns: Row.columns, to: console)
    var request = try request()
    request.pageSize = list.pages.pageSize
    request.filter = list.pages.filter
    try await Listing(options: list.pages, output: console, notes: notes).write(with: writer) { token in
      var request = request
      request.pageToken = token
      return try await page(request, client, callOptions)
    }
  }
}
