import Synchronization
import Telemetry

/// Keeps the lines that a log handler writes.
final class RecordedOutput: LogOutput {
  private let recorded = Mutex<[String]>([])

  var lines: [String] { recorded.withLock { $0 } }

  func write(_ line: [UInt8]) {
    recorded.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
  }
}
