import NIOCore

/// Counts calls between the end of the warm-up and the end of the measurement.
final class Tally {
  private var isCounting = false
  private var began = NIODeadline.now()
  private var times: [Int64] = []
  private var failed = 0
  private var lost = 0

  func start() {
    self.isCounting = true
    self.began = .now()
    self.times.reserveCapacity(1 << 20)
  }

  func count(isOK: Bool, time: TimeAmount) {
    guard self.isCounting else { return }
    if isOK { self.times.append(time.nanoseconds) } else { self.failed += 1 }
  }

  func connectionLost() {
    self.lost += 1
  }

  /// One JSON line: calls per second that ended well, times in µs.
  func finish() -> String {
    self.isCounting = false
    let seconds = Double((NIODeadline.now() - self.began).nanoseconds) / 1e9
    let rate = Int(Double(self.times.count) / seconds)
    self.times.sort()
    let p50 = self.percentile(0.50)
    let p99 = self.percentile(0.99)
    return """
      {"requests_per_second": \(rate), "p50_us": \(p50), "p99_us": \(p99), "failed": \(self.failed), "lost": \(self.lost)}
      """
  }

  private func percentile(_ share: Double) -> Int64 {
    guard !self.times.isEmpty else { return 0 }
    return self.times[min(self.times.count - 1, Int(share * Double(self.times.count)))] / 1000
  }
}
