package import Telemetry

/// What the admin port answers.
package struct AdminRoutes: Sendable {
  package struct Response: Hashable, Sendable {
    package var status: Int
    package var contentType: String
    package var body: String

    static func text(_ status: Int, _ body: String) -> Response {
      Response(status: status, contentType: "text/plain; charset=utf-8", body: body)
    }
  }

  private let readiness: Readiness
  private let metrics: PrometheusRegistry

  package init(readiness: Readiness, metrics: PrometheusRegistry) {
    self.readiness = readiness
    self.metrics = metrics
  }

  /// - Parameters:
  ///   - method: The HTTP method; GET and HEAD are answered.
  ///   - target: The request's target; a query is ignored.
  package func respond(method: String, target: String) -> Response {
    guard method == "GET" || method == "HEAD" else { return .text(405, "method not allowed\n") }
    switch target.prefix(while: { $0 != "?" }) {
    case "/livez": return .text(200, "ok\n")
    case "/readyz": return ready()
    case "/metrics":
      return Response(
        status: 200,
        contentType: "text/plain; version=0.0.4; charset=utf-8",
        body: metrics.exposition()
      )
    default: return .text(404, "there is /livez, /readyz and /metrics\n")
    }
  }

  // One line for each check, as Kubernetes' own components write them.
  private func ready() -> Response {
    let reports = readiness.reports
    var body = ""
    for report in reports {
      switch report.state {
      case .ready: body += "[+] \(report.name) ok\n"
      case .notReady(let reason): body += "[-] \(report.name) \(reason)\n"
      }
    }
    let isReady = reports.allSatisfy { $0.state == .ready }
    return .text(isReady ? 200 : 503, body + (isReady ? "ready\n" : "not ready\n"))
  }
}
