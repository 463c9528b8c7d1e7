import Foundation

/// What was seen of one abuse.
struct Outcome: Sendable {
  var quiet: SteadyClient.Measured
  var duringAbuse: SteadyClient.Measured
  var offenders: Offenders
  /// `vigil_http2_abuse_total` by kind.
  var counted: [String: Int]
  /// MiB.
  var peakMemory: Int
  var memoryGrowth: Int

  /// A line for `deploy/bench abuse`, in the file that it names.
  func writeRow(of abuse: Abuse) throws {
    guard let path = ProcessInfo.processInfo.environment["VIGIL_ABUSE_TABLE"] else { return }
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? file.close() }
    try file.seekToEnd()
    let ratio = self.duringAbuse.p99 / max(self.quiet.p99, 0.001)
    let cells: [String] = [
      abuse.name, abuse.limit, abuse.kind, "\(self.counted[abuse.kind, default: 0])",
      String(format: "%.2f", self.quiet.p99), String(format: "%.2f", self.duringAbuse.p99),
      String(format: "%.1f", ratio),
      "\(self.duringAbuse.calls)", "\(self.duringAbuse.failures)", "\(self.peakMemory)",
    ]
    try file.write(contentsOf: Data((cells.joined(separator: "\t") + "\n").utf8))
  }
}
