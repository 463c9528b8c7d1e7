internal import Foundation
internal import Synchronization

/// A program that runs until it is stopped or let go, and talks in lines.
package final class PeerProcess: Sendable {
  /// Where the program writes its lines; the other one is this process's.
  package enum Output: Sendable { case standard, errors }

  private struct State {
    var process: Process
    var lines: [String] = []
    /// What has come of the next line.
    var partial: [UInt8] = []
    var waiting: [CheckedContinuation<String?, Never>] = []
    var isEnded = false
  }

  private let state: Mutex<State>
  private let input: FileHandle

  /// - Parameter environment: all of it; `nil` is this process's.
  /// - Throws: what the system says if the program cannot be started.
  package init(
    _ program: String,
    _ arguments: [String] = [],
    environment: [String: String]? = nil,
    reading source: Output = .standard
  ) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/perl")
    process.arguments = ["-e", Self.unblockSignals, program] + arguments
    if let environment { process.environment = environment }
    let (output, input) = (Pipe(), Pipe())
    // Other children of this process must not hold the pipes open.
    for end in [output.fileHandleForReading, input.fileHandleForWriting] {
      _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
    }
    switch source {
    case .standard: process.standardOutput = output
    case .errors: process.standardError = output
    }
    process.standardInput = input
    self.input = input.fileHandleForWriting
    state = Mutex(State(process: process))
    try process.run()
    let reader = output.fileHandleForReading
    // A thread of its own: the file handle's dispatch source may outlive its descriptor.
    Thread.detachNewThread { [weak self] in
      while true {
        let data = reader.availableData
        self?.received(data)
        if data.isEmpty { return }
      }
    }
  }

  // Foundation leaves a program its thread's blocked signals, TERM among them: it could not be stopped.
  private static let unblockSignals = "use POSIX; sigprocmask(SIG_SETMASK, POSIX::SigSet->new); exec @ARGV or die"

  deinit {
    state.withLock { $0.process.terminate() }
  }

  /// Ends the program's input, as the end of this process does.
  package func endInput() throws {
    try input.close()
  }

  /// Writes a line to the program.
  package func send(_ line: String) throws {
    try input.write(contentsOf: Data((line + "\n").utf8))
  }

  /// The next line that the program writes; `nil` once it has ended.
  package func line() async -> String? {
    await withCheckedContinuation { continuation in
      let line = state.withLock { state -> String?? in
        if !state.lines.isEmpty { return .some(state.lines.removeFirst()) }
        if state.isEnded { return .some(nil) }
        state.waiting.append(continuation)
        return nil
      }
      if let line { continuation.resume(returning: line) }
    }
  }

  private func received(_ data: Data) {
    let ready = state.withLock { state -> [(CheckedContinuation<String?, Never>, String?)] in
      state.partial += data
      // In bytes: as characters, a carriage return and a line feed are one.
      var parts = state.partial.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      state.partial = parts.popLast().map(Array.init) ?? []
      if data.isEmpty, !state.partial.isEmpty { parts.append(state.partial[...]) }
      state.lines += parts.map { String(decoding: $0, as: UTF8.self) }
      state.isEnded = data.isEmpty
      var ready: [(CheckedContinuation<String?, Never>, String?)] = []
      while !state.waiting.isEmpty, !state.lines.isEmpty || state.isEnded {
        ready.append((state.waiting.removeFirst(), state.lines.isEmpty ? nil : state.lines.removeFirst()))
      }
      return ready
    }
    for (continuation, line) in ready { continuation.resume(returning: line) }
  }
}
