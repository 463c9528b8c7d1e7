import ArgumentParser
import SystemPackage

/// How a process ends when it cannot do what it was asked.
enum Exit {
  /// The configuration is wrong (`EX_CONFIG` of sysexits.h): restarting will not help.
  static let configuration = ExitCode(78)
  static let failure = ExitCode(1)

  /// Runs the body; an error becomes one line on standard error and an exit code.
  static func reporting(_ name: String, _ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let error as SettingError {
      report("\(name): configuration: \(error)")
      throw configuration
    } catch let error as ExitCode {
      throw error
    } catch {
      report("\(name): \(oneLine(String(describing: error)))")
      throw failure
    }
  }

  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private static func report(_ line: String) {
    _ = try? FileDescriptor.standardError.writeAll(Array("\(line)\n".utf8))
  }
}
