import SwiftProtobuf

/// Messages as proto3 JSON, with the fields' names in lowerCamelCase.
enum JSONText {
  /// One message in one line, without its end.
  static func line(_ message: some Message) throws -> String {
    var options = JSONEncodingOptions()
    options.useDeterministicOrdering = true
    do {
      return try message.jsonString(options: options)
    } catch {
      throw CommandFailure(status: .software, reason: "an answer cannot be written as JSON: \(error)")
    }
  }
}
