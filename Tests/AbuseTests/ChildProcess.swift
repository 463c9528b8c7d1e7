import Foundation

/// A program that runs to its end.
enum ChildProcess {
  struct Failure: Error {
    var program: String
    var status: Int32
  }

  /// - Returns: what it wrote to its standard output.
  /// - Throws: ``Failure`` when it ends with another status than 0.
  static func output(of program: String, _ arguments: [String]) async throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = pipe
    let (ends, end) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { end.yield($0.terminationStatus) }
    try process.run()
    // The output is short: it fits in the pipe.
    for await status in ends {
      guard status == 0 else { throw Failure(program: ([program] + arguments).joined(separator: " "), status: status) }
      break
    }
    return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }
}
