#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How log lines are written.
package enum LogFormat: String, CaseIterable, Sendable {
  /// `text` when standard error is a terminal, else `json`.
  case auto
  /// One JSON object on each line.
  case json
  /// One line for people: time, level, message, then `key=value` (logfmt).
  case text

  func resolved() -> LogFormat {
    guard self == .auto else { return self }
    return isatty(STDERR_FILENO) == 1 ? .text : .json
  }
}
