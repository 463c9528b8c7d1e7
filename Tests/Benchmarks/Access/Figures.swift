import Foundation

/// How long things took.
struct Figures {
  private let sorted: [Duration]

  init(_ times: [Duration]) { sorted = times.sorted() }

  private func microseconds(_ part: Double) -> Double {
    let time = sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
    return (time / .nanoseconds(1)).rounded() / 1000
  }

  private var times: String {
    #""p50_us": \#(microseconds(0.5)), "p99_us": \#(microseconds(0.99)), "max_us": \#(microseconds(1))"#
  }

  func line(kind: String, watchers: Int? = nil) -> String {
    let watchers = watchers.map { #""watchers": \#($0), "# } ?? ""
    return #"{"kind": "\#(kind)", \#(watchers)"count": \#(sorted.count), \#(times)}"#
  }
}

/// The rank test of Mann and Whitney: how likely it is that two samples that are of one kind differ at least as much.
struct RankTest {
  let z: Double
  let probability: Double

  init(_ left: [Duration], _ right: [Duration]) {
    let all = (left.map { ($0, true) } + right.map { ($0, false) }).sorted { $0.0 < $1.0 }
    // Equal times are rare, in nanoseconds, and in the order in which they came.
    let ranks = all.enumerated().reduce(0.0) { $1.element.1 ? $0 + Double($1.offset + 1) : $0 }
    let (n, m) = (Double(left.count), Double(right.count))
    let u = ranks - n * (n + 1) / 2
    let z = (u - n * m / 2) / (n * m * (n + m + 1) / 12).squareRoot()
    self.z = (z * 100).rounded() / 100
    probability = (erfc(abs(z) / 2.0.squareRoot()) * 10_000).rounded() / 10_000
  }
}
