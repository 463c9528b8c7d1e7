import ArgumentParser
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

/// A record that lists and answers show.
protocol Tabular: SwiftProtobuf.Message {
  static var columns: [Column<Self>] { get }
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

/// Several of them.
func words<Value: SwiftProtobuf.Enum & CaseIterable>(
  _ texts: [String], option: String
) throws(CommandFailure) -> [Value] {
  var values: [Value] = []
  for text in texts { values.append(try word(text, option: option)) }
  return values
}

extension Google_Protobuf_Timestamp {
  /// RFC 3339; empty for a time that is not one.
  var text: String { (try? jsonString())?.replacing("\"", with: "") ?? "" }
}

/// A resource's name as it was typed, with or without its collection.
func resourceName(_ text: String, in collection: String) -> String {
  text.contains("/") ? text : "\(collection)/\(text)"
}

/// The same of one that need not be given.
func optionalName(_ text: String, in collection: String) -> String {
  text.isEmpty ? "" : resourceName(text, in: collection)
}
