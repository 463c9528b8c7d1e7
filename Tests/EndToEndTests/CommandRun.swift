import Foundation
import TestSupport

/// One run of a program to its end.
struct CommandRun: Sendable {
  var status: Int32
  var output: String
  var errors: String

  // A program may write what is no text.
  private static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  // Foundation leaves a program two things that those which it leaves running would inherit: its own thread's
  // blocked signals, so that TERM could not stop them, and sockets by which it watches for the end.
  private static let startClean = """
    sigprocmask(SIG_SETMASK, POSIX::SigSet->new); opendir(my $open, "/proc/self/fd"); my @open = readdir($open);
    POSIX::close($_) for grep { /^[0-9]+$/ && $_ > 2 } @open; exec @ARGV or exit 127
    """

  /// Output and errors without the spaces around, for messages.
  var text: String { (output + errors).trimmingCharacters(in: .whitespacesAndNewlines) }

  /// Runs a program without a terminal and without input.
  ///
  /// Its output goes through files: a program that leaves children behind would keep a pipe open.
  static func run(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = [:], input: String? = nil
  ) async throws -> CommandRun {
    let folder = try TemporaryFolder("run")
    let names = ["output", "errors"].map(folder.file)
    for name in names { try Data().write(to: URL(filePath: name)) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/perl")
    process.arguments = ["-MPOSIX", "-e", Self.startClean, path] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    process.standardInput =
      try input.map { try FileHandle(forReadingFrom: URL(filePath: folder.write($0, to: "input"))) }
      ?? FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: names[0])
    process.standardError = FileHandle(forWritingAtPath: names[1])
    let status = try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { ended.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
      } catch {
        ended.resume(throwing: error)
      }
    }
    return CommandRun(
      status: status,
      output: try text(names[0]),
      errors: try text(names[1])
    )
  }
}
