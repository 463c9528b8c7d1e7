internal import Foundation

/// A Python interpreter with grpcio: the one that `VIGIL_TEST_PYTHON` names, which `deploy/test` makes, or one in a
/// virtual environment below the package's `.build`; made on first use, which needs `python3`, its `venv` module and the
/// package index.
package actor PythonEnvironment {
  package static let shared = PythonEnvironment()

  private var preparation: Task<String, any Error>?

  /// The interpreter's path.
  ///
  /// - Throws: ``PeerError`` saying what is missing.
  package func interpreter() async throws -> String {
    // One preparation for all who ask, however many ask at once.
    let preparation = preparation ?? Task { try await Self.prepare() }
    self.preparation = preparation
    return try await preparation.value
  }

  private static func prepare() async throws -> String {
    if let named = ProcessInfo.processInfo.environment["VIGIL_TEST_PYTHON"] { return named }
    let folder = packageRoot + "/.build/venv"
    let python = folder + "/bin/python"
    if await run(python, ["-c", "import grpc, google.protobuf, oidc_provider_mock"]) == 0 { return python }
    guard await run("/usr/bin/env", ["python3", "-m", "venv", folder]) == 0 else {
      throw PeerError("python3 with its venv module is not installed (apt install python3-venv)")
    }
    let wanted = packageRoot + "/deploy/local/requirements-test.txt"
    guard await run(python, ["-m", "pip", "install", "--quiet", "-r", wanted]) == 0 else {
      throw PeerError("grpcio cannot be installed with pip: is the package index reachable?")
    }
    return python
  }

  /// The checkout's root, found from this file.
  package static var packageRoot: String {
    var url = URL(filePath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url.path
  }

  /// - Returns: the exit code, or -1 if the program cannot be started.
  package static func run(_ program: String, _ arguments: [String]) async -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    // Not waitUntilExit(): off the main thread it may miss the end and wait for ever.
    return await withCheckedContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
      } catch {
        continuation.resume(returning: -1)
      }
    }
  }
}

/// Why a foreign program that a test talks to could not be had.
package struct PeerError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
