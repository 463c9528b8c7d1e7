import ArgumentParser
import Foundation
import GRPCCore
import SwiftProtobuf

/// A request that changes something of a case.
protocol CaseChangeMessage: SwiftProtobuf.Message {
  var reason: String { get set }
  var requestID: String { get set }
}

/// One that can be tried without keeping anything.
protocol CaseTrialMessage: CaseChangeMessage {
  var validateOnly: Bool { get set }
}

/// The options of every command that changes something of a case.
struct CaseChangeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Why, for the log; no personal data.", valueName: "text"))
  var reason: String
  @OptionGroup var use: PurposeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions
}

/// The options of every command that can be tried.
struct CaseTrialOptions: ParsableArguments {
  @Flag(help: "Only say what would be.")
  var dryRun = false
}

/// What is changed, for commands about a record that there is.
struct CaseTargetOptions: ParsableArguments {
  @Argument(help: "Its name as a list shows it.")
  var name: String
  @Option(help: ArgumentHelp("Only if it is still as it was when this etag was read.", valueName: "etag"))
  var etag = ""

  /// The name, with its collection if that was left out.
  func name(in collection: String) -> String { resourceName(name, in: collection) }
}

/// A command that changes something of a case: it says what to ask for, and asks for it.
protocol CaseChangeCommand: CallingCommand {
  associatedtype Request: CaseChangeMessage
  associatedtype Answer: CaseRow

  var change: CaseChangeOptions { get }

  /// What to ask for, apart from the reason.
  func request() throws(CommandFailure) -> Request

  func call(
    _ request: Request, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> Answer
}

/// One that can be tried first.
protocol CaseTrialCommand: CaseChangeCommand where Request: CaseTrialMessage {
  var rehearsal: CaseTrialOptions { get }
}

extension CaseChangeCommand {
  var connection: ConnectionOptions { change.connection }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    try await make(try request(), client, callOptions, console)
  }

  /// Makes the change and writes what came of it.
  func make(
    _ request: Request, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, _ console: Console
  ) async throws {
    var request = request
    request.reason = change.reason
    request.requestID = UUID().uuidString.lowercased()
    let answer = try await call(request, client, callOptions)
    try RecordWriter(format: change.output.format, columns: Answer.columns, console: console).write(answer)
  }
}

extension CaseTrialCommand {
  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = try request()
    request.validateOnly = rehearsal.dryRun
    try await make(request, client, callOptions, console)
    if rehearsal.dryRun { try notes.write("Nothing was kept: this is what would be.\n") }
  }
}
