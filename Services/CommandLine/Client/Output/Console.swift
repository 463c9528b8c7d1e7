import Foundation

/// A place that text is written to.
struct Console: Sendable {
  /// Writes text as it is.
  ///
  /// - Throws: ``CommandFailure`` when the text cannot be written.
  var write: @Sendable (String) throws -> Void
  /// Whether a person watches.
  var isTerminal: Bool
  /// Columns of the terminal; nil when there is none, or it does not tell.
  var columns: Int?

  static let standardOutput = Console(.standardOutput)
  static let standardError = Console(.standardError)
}

extension Console {
  private init(_ handle: FileHandle) {
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = isatty(handle.fileDescriptor) == 1 && environment["TERM"] != "dumb"
    self.init(
      write: { text in
        do {
          try handle.write(contentsOf: Data(text.utf8))
        } catch {
          throw Self.failure(error)
        }
      },
      isTerminal: isTerminal,
      columns: isTerminal ? environment["COLUMNS"].flatMap { Int($0) } : nil
    )
  }

  private static func failure(_ error: any Error) -> CommandFailure {
    CommandFailure(
      status: .inputOutput,
      reason: "the output cannot be written: \((error as? CocoaError)?.localizedDescription ?? "\(error)")"
    )
  }
}
