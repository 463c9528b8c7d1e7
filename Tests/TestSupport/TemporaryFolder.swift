internal import Foundation

/// A folder of one test's own, removed with everything in it when the last reference goes.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// - Parameter name: begins the folder's name. The path stays short enough for unix sockets.
  package init(_ name: String = "vigil") throws {
    let unique = UUID().uuidString.prefix(8).lowercased()
    path = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(unique)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a file in the folder; nothing is created.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file in one step, replacing what is there: readers see the old or the new, never a part.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: file(name), atomically: true, encoding: .utf8)
    return file(name)
  }

  /// The text of a file in UTF-8.
  package static func read(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }
}
