import Synchronization

@testable import CommandLineClient

/// Keeps what a command writes.
final class ConsoleRecorder: Sendable {
  private let contents = Mutex("")

  var text: String { contents.withLock { $0 } }

  func console(isTerminal: Bool = false) -> Console {
    Console(write: { text in self.contents.withLock { $0 += text } }, isTerminal: isTerminal, columns: nil)
  }
}
