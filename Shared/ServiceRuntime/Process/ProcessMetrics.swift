import FoundationEssentials
import Metrics
import Telemetry

/// What Prometheus' client libraries tell of every process, as far as Linux offers it in `/proc`.
enum ProcessMetrics {
  static func register(in registry: PrometheusRegistry) {
    let start = Gauge(label: "process_start_time_seconds", factory: registry)
    start.record(Date().timeIntervalSince1970)
    let resident = Gauge(label: "process_resident_memory_bytes", factory: registry)
    let descriptors = Gauge(label: "process_open_fds", factory: registry)
    registry.describe("process_start_time_seconds", "When the process started, in Unix time.")
    registry.describe("process_resident_memory_bytes", "Memory of the process that is in RAM.")
    registry.describe("process_open_fds", "Open file descriptors.")
    registry.collect {
      if let bytes = residentBytes() { resident.record(bytes) }
      if let count = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
        descriptors.record(count)
      }
    }
  }

  private static func residentBytes() -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
    return parseResidentBytes(status)
  }

  /// The line `VmRSS:   1234 kB`.
  static func parseResidentBytes(_ status: String) -> Int? {
    for line in status.split(separator: "\n") where line.hasPrefix("VmRSS:") {
      let words = line.split(whereSeparator: \.isWhitespace)
      return words.count >= 2 ? Int(words[1]).map { $0 << 10 } : nil
    }
    return nil
  }
}
