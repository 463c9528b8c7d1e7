import Foundation

/// Asks whoever types.
struct Prompter: Sendable {
  /// Asks a question; the answer to a secret one is not shown.
  ///
  /// - Throws: ``CommandFailure`` when there is nobody to answer.
  var ask: @Sendable (_ question: String, _ isSecret: Bool) throws -> String

  static let standard = Prompter { question, isSecret in
    try Console.standardError.write("\(question): ")
    let hides = isSecret && isatty(STDIN_FILENO) == 1
    if hides { try stty("-echo") }
    defer {
      if hides {
        try? stty("echo")
        try? Console.standardError.write("\n")
      }
    }
    guard let answer = readLine() else {
      throw CommandFailure(status: .usage, reason: "there was no answer to '\(question)'")
    }
    return answer
  }

  /// Whether the terminal shows what is typed.
  private static func stty(_ argument: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/stty")
    process.arguments = [argument]
    process.standardInput = FileHandle.standardInput
    try process.run()
    process.waitUntilExit()
  }
}
