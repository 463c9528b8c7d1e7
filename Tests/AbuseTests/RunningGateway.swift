import Foundation
import Synchronization
import TLS

/// The gateway's executable, serving TLS on a free port before one upstream.
final class RunningGateway: Sendable {
  struct DidNotStart: Error {
    var output: String
  }

  enum Memory: String {
    case now = "VmRSS:"
    case peak = "VmHWM:"
  }

  let port: Int
  private let adminPort: Int
  private let process: Mutex<Process>
  private let identifier: Int32

  init(upstream: Int, tls: TLSFiles, settings: [String: String]) async throws {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = ["serve"]
    process.environment = Self.environment(upstream, tls).merging(settings) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let found = try await Self.ports(in: output.fileHandleForReading)
    port = found.listener
    adminPort = found.admin
    identifier = process.processIdentifier
    self.process = Mutex(process)
  }

  deinit {
    stop()
  }

  func stop() {
    process.withLock { $0.terminate() }
  }

  /// The one built with the tests, or the one that `deploy/bench` measures.
  private static var executable: URL? {
    if let named = ProcessInfo.processInfo.environment["VIGIL_ABUSE_GATEWAY"] { return URL(filePath: named) }
    return Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "vigil-gateway")
  }

  private static func environment(_ upstream: Int, _ tls: TLSFiles) -> [String: String] {
    [
      "VIGIL_PUBLIC_LISTEN": "127.0.0.1:0",
      "VIGIL_PUBLIC_TLS_CERTIFICATE": tls.identity?.certificateChain ?? "",
      "VIGIL_PUBLIC_TLS_KEY": tls.identity?.privateKey ?? "",
      "VIGIL_MESH_ENABLED": "false",
      "VIGIL_ADMIN_LISTEN": "127.0.0.1:0",
      "VIGIL_UPSTREAM_TLS_MODE": "plaintext",
      "VIGIL_ROUTES": "echo=127.0.0.1:\(upstream)",
      "VIGIL_HEALTH_PROBES": "false",
      "VIGIL_LOG_ACCESS": "off",
      "VIGIL_SHUTDOWN_TIMEOUT": "1s",
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
    ]
  }

  /// Reads the log until both ports are told, and goes on reading it so that the gateway can go on writing.
  private static func ports(in log: FileHandle) async throws -> (listener: Int, admin: Int) {
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    Thread.detachNewThread {
      while true {
        let data = log.availableData
        if data.isEmpty { return continuation.finish() }
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") { continuation.yield(String(line)) }
      }
    }
    var (listener, admin, seen): (Int?, Int?, [String]) = (nil, nil, [])
    for await line in lines {
      seen.append(line)
      if line.contains("admin port is open") { admin = Self.port(in: line) }
      if line.contains("listening"), line.contains("public") { listener = Self.port(in: line) }
      if let listener, let admin { return (listener, admin) }
    }
    throw DidNotStart(output: seen.joined(separator: "\n"))
  }

  private static func port(in line: String) -> Int? {
    line.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
  }

  // MARK: What it does

  /// MiB.
  func memory(_ which: Memory) throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix(which.rawValue) }
    return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) / 1024
  }

  /// `vigil_http2_abuse_total` by kind.
  func offences() async throws -> [String: Int] {
    let page = try await ChildProcess.output(of: "/usr/bin/curl", ["-sSf", "http://127.0.0.1:\(adminPort)/metrics"])
    var counts: [String: Int] = [:]
    for match in page.matches(of: /vigil_http2_abuse_total\{kind="(\w+)"\} (\d+)/) {
      counts[String(match.1)] = Int(match.2)
    }
    return counts
  }
}
