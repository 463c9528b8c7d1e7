import SystemPackage

/// Where finished log lines go.
package protocol LogOutput: Sendable {
  /// Writes one line, which ends in a newline. Lines of several tasks must not mix.
  func write(_ line: [UInt8])
}

/// Standard error. Each line is one write, so lines do not mix; one that cannot be written is lost,
/// because there is nobody left to tell.
package struct StandardError: LogOutput {
  package init() {}

  package func write(_ line: [UInt8]) {
    _ = try? FileDescriptor.standardError.writeAll(line)
  }
}
