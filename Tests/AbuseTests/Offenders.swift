import Foundation
import TestSupport

/// What the hostile clients say of themselves: the last line of `attackers`.
struct Offenders: Codable, Sendable {
  /// Connections by their end: `GOAWAY` and its code, `closed`, `none`.
  var ends: [String: Int]
  /// RST_STREAM frames received, by code.
  var resets: [String: Int]
  /// Frames or connections made.
  var frames: Int
  /// Calls answered at once.
  var refused: Int

  /// - Returns: when they have given up, at the latest a little after `seconds`.
  static func run(_ name: String, _ port: Int, _ authority: String, seconds: Double) async throws -> Offenders {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "attackers").path
    let arguments = ["-B", folder, name, "\(port)", authority, "\(seconds)"]
    let output = try await ChildProcess.output(of: "/usr/bin/python3", arguments)
    return try JSONDecoder().decode(Offenders.self, from: Data(output.utf8))
  }
}
