import Foundation
import HTTP2
import Logging
import Metrics
import Synchronization
import TLS
import Telemetry
import TestSupport
import Testing

@testable import GatewayServer

/// What the gateway tells operators of calls: by the access log and by metrics, and to whom it tells nothing.
@Suite("The account of calls", .timeLimit(.minutes(1)))
struct AccountTests {
  private final class Lines: LogOutput {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func write(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
  }

  /// The process's metrics. Each test has a route of its own, whose series are nobody else's.
  private static let metrics: PrometheusRegistry = {
    let registry = PrometheusRegistry()
    MetricsSystem.bootstrap(registry)
    return registry
  }()

  private let lines = Lines()
  private let metrics = Self.metrics

  private var logger: Logger {
    Logger(label: "gateway") { [lines] label in
      StructuredLogHandler(service: "vigil-gateway", label: label, format: .json, output: lines)
    }
  }

  private func accessLog() throws -> [[String: String]] {
    try lines.all.compactMap { line in
      let fields = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      return fields["message"] as? String == "call" ? fields.mapValues { "\($0)" } : nil
    }
  }

  private func series(_ name: String) -> [Substring] {
    metrics.exposition().split(separator: "\n").filter { $0.hasPrefix(name) && !$0.hasSuffix(" 0") }
  }

  @Test("a line for each call, with what operators need and nothing of the caller or the content")
  func accessLogLines() async throws {
    let authority = try TestCertificateAuthority()
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      var settings = try IdentityTests.settings(authority, port: ports[0])
      settings.accessLog = .all
      try await withGateway(settings, logger: logger) { gateway in
        await gateway.available(1)
        let client = try await gateway.client(tls: IdentityTests.tls(authority.client(uri: IdentityTests.uri)))
        let secrets = [("authorization", "Bearer hush"), ("x-request-id", "0af7651916cd43dd8448eb211c80319c")]
        let message: [UInt8] = [0, 0, 0, 0, 6] + Array("secret".utf8)
        #expect(try await client.call("/test.Service/Echo", secrets, message: message).status == "0")
        #expect(try await client.call("/nowhere.Service/Echo?secret").status == "12")
      }
      let log = try accessLog()
      try #require(log.count == 2, "\(lines.all)")
      for (name, value) in [
        ("method", "/test.Service/Echo"), ("status", "OK"), ("end", "answered"), ("listener", "public"),
        ("peer", "client"), ("request_bytes", "11"), ("response_bytes", "11"), ("upstream", "127.0.0.1:\(ports[0])"),
      ] { #expect(log[0][name] == value, "\(name) in \(log[0])") }
      #expect(Int(log[0]["duration_us"] ?? "") != nil)
      #expect(log[0]["request_id"]?.count == 32)
      #expect(log[1]["status"] == "UNIMPLEMENTED")
      #expect(log[1]["method"] == "/nowhere.Service/Echo")
      #expect(log[1]["end"] == "refused")
      #expect(log[1]["reason"] == "SERVICE_UNKNOWN")
      #expect(log[1]["upstream"] == nil)
    }
    for line in lines.all {
      for secret in ["hush", "secret", "unmiss", IdentityTests.uri] { #expect(!line.contains(secret), "\(line)") }
    }
  }

  @Test("only failures are logged when that is asked for")
  func failuresOnly() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0])")
      settings.accessLog = .failures
      try await withGateway(settings, logger: logger) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        #expect(try await client.call("/test.Service/Echo").status == "0")
        #expect(try await client.call("/test.Service/Hold", [("grpc-timeout", "20m")]).status == "4")
      }
    }
    #expect(try accessLog().map { $0["method"] } == ["/test.Service/Hold"])
  }

  @Test("calls are counted by route and status, with their durations")
  func metricsOfCalls() async throws {
    let upstream = TestUpstream()
    try await withUpstreams(upstream) { ports in
      try await withGateway(.test("ledger=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let client = try await gateway.client()
        for _ in 0..<3 { #expect(try await client.call("/ledger.Service/Echo").status == "0") }
        #expect(try await client.call("/ledger.Service/Hold", [("grpc-timeout", "20m")]).status == "4")
        let open = try await client.start("/ledger.Service/Hold", endStream: true)
        for _ in 0..<5 { _ = await upstream.nextCall() }
        try await client.reset(open)
      }
    }
    let ours = { (lines: [Substring]) in lines.filter { $0.contains("route=\"ledger\"") } }
    #expect(
      ours(series("vigil_gateway_calls_total")).sorted() == [
        "vigil_gateway_calls_total{route=\"ledger\",status=\"DEADLINE_EXCEEDED\"} 1",
        "vigil_gateway_calls_total{route=\"ledger\",status=\"OK\"} 3",
        "vigil_gateway_calls_total{route=\"ledger\",status=\"none\"} 1",
      ])
    #expect(
      ours(series("vigil_gateway_call_duration_seconds_count")) == [
        "vigil_gateway_call_duration_seconds_count{route=\"ledger\"} 5"
      ])
    #expect(ours(series("vigil_gateway_retries_total")).isEmpty)
  }
}
