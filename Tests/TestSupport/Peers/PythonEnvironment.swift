internal import Foundation

/// A Python interpreter with grpcio, in a virtual environment below the package's `.build`; made on
/// first use, which needs `python3`, its `venv` module and the package index.
package actor PythonEnvironment {
  package static let shared = PythonEnvironment()

  private var prepared: Result<String, PeerError>?

  /// The interpreter's path.
  ///
  /// - Throws: ``PeerError`` saying what is missing.
  package func interpreter() async throws -> String {
    if let prepared { return try prepared.get() }
    let result: Result<String, PeerError>
    do throws(PeerError) {
      result = .success(try Self.prepare())
    } catch {
      result = .failure(error)
    }
    prepared = result
    return try result.get()
  }

  private static func prepare() throws(PeerError) -> String {
    let folder = packageRoot + "/.build/venv"
    let python = folder + "/bin/python"
    if run(python, ["-c", "import grpc"]) == 0 { return python }
    guard run("/usr/bin/env", ["python3", "-m", "venv", folder]) == 0 else {
      throw PeerError("python3 with its venv module is not installed (apt install python3-venv)")
    }
    guard run(python, ["-m", "pip", "install", "--quiet", "grpcio"]) == 0 else {
      throw PeerError("grpcio cannot be installed with pip: is the package index reachable?")
    }
    return python
  }

  /// The checkout's root, found from this file.
  private static var packageRoot: String {
    var url = URL(filePath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url.path
  }

  /// - Returns: the exit code, or -1 if the program cannot be started.
  private static func run(_ program: String, _ arguments: [String]) -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      return -1
    }
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// Why a foreign program that a test talks to could not be had.
package struct PeerError: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
