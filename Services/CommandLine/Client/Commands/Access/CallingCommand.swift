import ArgumentParser
import Foundation
import GRPCCore
import SwiftProtobuf

/// A command that calls the system and writes what comes back.
protocol CallingCommand: AsyncParsableCommand {
  var connection: ConnectionOptions { get }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws
}

extension CallingCommand {
  func run() async throws {
    let settings = try await connection.settings(.standard())
    try await SystemConnection(settings: settings).run { client in
      try await perform(client, settings.callOptions(), to: .standardOutput, notes: .standardError)
    }
  }
}

/// The options of every command that changes something.
struct ChangeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Why, for the log; no personal data.", valueName: "text"))
  var reason: String

  /// Identifies this attempt.
  var requestID: String { UUID().uuidString.lowercased() }
}

/// A word of a vocabulary as lists show it.
///
/// - Throws: ``CommandFailure`` that names the words.
func word<Value: SwiftProtobuf.Enum & CaseIterable>(_ text: String, option: String) throws(CommandFailure) -> Value {
  let words = Value.allCases.filter { !label($0).isEmpty }
  guard let found = words.first(where: { label($0) == text.uppercased() }) else {
    let known = words.map { label($0) }.joined(separator: ", ")
    throw CommandFailure(status: .usage, reason: "--\(option) must be one of \(known), not '\(text)'")
  }
  return found
}

extension Google_Protobuf_Timestamp {
  /// RFC 3339; empty for a time that is not one.
  var text: String { (try? jsonString())?.replacing("\"", with: "") ?? "" }
}

/// A resource's name as it was typed, with or without its collection.
func resourceName(_ text: String, in collection: String) -> String {
  text.contains("/") ? text : "\(collection)/\(text)"
}
