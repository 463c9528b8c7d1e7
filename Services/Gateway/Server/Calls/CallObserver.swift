import AIP
import GRPCCore
import HTTP2
import Logging
import Metrics
import NIOCore
import RPC

/// Tells of every call that ended: one line of the access log, and the metrics. Nothing of it is content, metadata or
/// an identity.
final class CallObserver: Sendable {
  /// Which calls are logged.
  enum AccessLog: String, Sendable, CaseIterable {
    case all
    /// Those whose status is not OK.
    case failures
    case off
  }

  private let routes: [String]
  private let accessLog: AccessLog
  private let logger: Logger
  private let metrics: CallMetrics

  init(routes: [String], accessLog: AccessLog, logger: Logger) {
    self.routes = routes
    self.accessLog = logger.logLevel <= .info ? accessLog : .off
    self.logger = logger
    self.metrics = CallMetrics(routes: routes)
  }

  func callEnded(_ record: CallRecord, head: RequestHead?, client: ClientDescription, answeredBy own: String? = nil) {
    let duration = NIODeadline.now() - record.began
    metrics.callEnded(record, duration: duration)
    guard accessLog == .all || accessLog == .failures && record.status != 0 else { return }
    logger.info("call", metadata: fields(record, head, client, duration, own))
  }

  private func fields(
    _ record: CallRecord, _ head: RequestHead?, _ client: ClientDescription, _ duration: TimeAmount, _ own: String?
  ) -> Logger.Metadata {
    var fields: Logger.Metadata = [
      "listener": .string(client.listener.rawValue),
      "peer": .string(client.kind),
      "end": .string(record.end.rawValue),
      "duration_us": .stringConvertible(duration.nanoseconds / 1000),
      "request_bytes": .stringConvertible(record.requestBytes),
      "response_bytes": .stringConvertible(record.responseBytes),
    ]
    if let head {
      // A method has no query; what a client puts there is nobody's business.
      let method = head.path.prefix { $0 != UInt8(ascii: "?") }.prefix(200)
      fields["method"] = .string(String(decoding: method, as: UTF8.self))
      fields["request_id"] = .string(String(decoding: head.requestID, as: UTF8.self))
    }
    if let status = record.status { fields["status"] = .string(Self.name(ofStatus: status)) }
    if let refusal = record.refusal { fields["reason"] = .string(refusal.reason.rawValue) }
    if let instance = record.instance { fields["upstream"] = .string(instance.address.description) }
    if record.tries > 1 { fields["tries"] = .stringConvertible(record.tries) }
    return fields
  }

  static func name(ofStatus code: Int) -> String {
    Status.Code(rawValue: code)?.canonicalName ?? String(code)
  }
}
