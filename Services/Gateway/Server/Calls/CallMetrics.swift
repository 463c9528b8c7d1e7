import Metrics
import NIOCore

/// The series of calls: how many by route and status, how long, and how many tries were made again. The handles are
/// made once, so that counting a call looks up nothing.
struct CallMetrics: Sendable {
  /// By route and status; the last row is of calls without a route, the last column of calls without a status.
  private let calls: [[Counter]]
  private let durations: [Timer]
  private let retries: [Counter]
  private static let statuses = 17

  init(routes: [String]) {
    let labels = routes + ["none"]
    calls = labels.map { route in
      (0...Self.statuses).map { status in
        let name = status < Self.statuses ? CallObserver.name(ofStatus: status) : "none"
        return Counter(label: "vigil_gateway_calls_total", dimensions: [("route", route), ("status", name)])
      }
    }
    durations = labels.map { Timer(label: "vigil_gateway_call_duration_seconds", dimensions: [("route", $0)]) }
    retries = labels.map { Counter(label: "vigil_gateway_retries_total", dimensions: [("route", $0)]) }
  }

  func callEnded(_ record: CallRecord, duration: TimeAmount) {
    let row = record.route ?? calls.count - 1
    let column = record.status.map { (0..<Self.statuses).contains($0) ? $0 : 2 } ?? Self.statuses
    calls[row][column].increment()
    durations[row].recordNanoseconds(duration.nanoseconds)
    if record.tries > 1 { retries[row].increment(by: record.tries - 1) }
  }
}
