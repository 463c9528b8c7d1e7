/// A Python program with grpcio at hand.
package struct PythonProcess: Sendable {
  private let process: PeerProcess

  /// - Parameter script: The program's text.
  /// - Throws: ``PeerError`` if there is no Python with grpcio.
  package init(_ script: String, arguments: [String] = []) async throws {
    let interpreter = try await PythonEnvironment.shared.interpreter()
    process = try PeerProcess(interpreter, ["-u", "-c", script] + arguments)
  }

  /// Writes a line to the program.
  package func send(_ line: String) throws { try process.send(line) }

  /// The next line that the program writes; `nil` once it has ended.
  package func line() async -> String? { await process.line() }
}
