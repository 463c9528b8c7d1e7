import Foundation
import GRPCCore
import GRPCTestingAPI
import TLS
import TestSupport
import Testing

/// A gateway as an operator starts it, in a process of its own, with one instance behind it.
final class GatewayProcess: Sendable {
  let port: Int
  private let process: PeerProcess

  /// - Parameters:
  ///   - upstream: the instance's port.
  ///   - listener: what it shows clients, and the authorities of those who show something; `nil` is cleartext.
  ///   - dialler: what it shows the instance and whom it trusts; `nil` is cleartext.
  ///   - probes: whether it asks the instance for its health before it gives it calls.
  init(to upstream: Int, listener: TLSFiles?, dialler: TLSFiles?, probes: Bool = true) async throws {
    let folder = try #require(Bundle.main.executableURL?.deletingLastPathComponent())
    process = try PeerProcess(
      "/usr/bin/perl",
      ["-e", Self.endWithInput, folder.appending(path: "vigil-gateway").path],
      environment: Self.settings(upstream, listener, dialler).merging(["VIGIL_HEALTH_PROBES": "\(probes)"]) { $1 },
      reading: .errors
    )
    port = try await Self.listeningPort(process)
  }

  /// Says GOAWAY, lets the calls in progress end, and ends. It does so too when the last reference or this process goes.
  func drain() throws { try process.endInput() }

  private static let endWithInput = """
    $SIG{CHLD} = sub { exit }; my $gateway = fork // die; exec @ARGV unless $gateway;
    $SIG{TERM} = sub { kill TERM => $gateway }; 1 while <STDIN>; kill TERM => $gateway; sleep
    """

  /// Returns when the instance behind it answers.
  ///
  /// - Parameter tls: how to dial the gateway.
  func waitUntilServing(_ tls: TLSContextProvider?) async throws {
    try await InteropClient.run(port: port, tls: tls) { client in
      while true {
        do {
          return try await client.emptyUnary()
        } catch let error as RPCError where error.code == .unavailable {
          try await Task.sleep(for: .milliseconds(20))
        }
      }
    }
  }

  /// Returns when the instance behind it counts as healthy, whatever its methods do.
  func waitUntilRouted() async throws {
    try await InteropClient.run(port: port) { client in
      while true {
        do {
          _ = try await client.stub.unimplementedCall(PBEmpty())
        } catch let error as RPCError where error.code == .unavailable {
          try await Task.sleep(for: .milliseconds(20))
        } catch let error as RPCError where error.code == .unimplemented {
          return
        }
      }
    }
  }

  private static func settings(_ upstream: Int, _ listener: TLSFiles?, _ dialler: TLSFiles?) -> [String: String] {
    let settings = [
      "VIGIL_PUBLIC_LISTEN": "127.0.0.1:0", "VIGIL_MESH_ENABLED": "false", "VIGIL_ADMIN_LISTEN": "127.0.0.1:0",
      "VIGIL_ROUTES": "grpc.testing=127.0.0.1:\(upstream)", "VIGIL_LIMITS_STREAMS_PER_CONNECTION": "1500",
      "VIGIL_HEALTH_INTERVAL": "200ms", "VIGIL_LOG_FORMAT": "json", "VIGIL_LOG_ACCESS": "off",
      "VIGIL_EVENT_LOOPS": "1",
    ]
    return settings.merging(tls("VIGIL_PUBLIC_TLS", listener)) { $1 }.merging(tls("VIGIL_UPSTREAM_TLS", dialler)) { $1 }
  }

  private static func tls(_ prefix: String, _ files: TLSFiles?) -> [String: String] {
    guard let files else { return [prefix + "_MODE": "plaintext"] }
    var settings: [String: String] = [:]
    settings[prefix + "_CERTIFICATE"] = files.identity?.certificateChain
    settings[prefix + "_KEY"] = files.identity?.privateKey
    settings[prefix + "_CA"] = files.authorities
    return settings
  }

  private static func listeningPort(_ process: PeerProcess) async throws -> Int {
    var lines: [String] = []
    while let line = await process.line() {
      lines.append(line)
      guard line.contains("\"listening\""), let match = line.firstMatch(of: /127\.0\.0\.1:([0-9]+)/) else { continue }
      return try #require(Int(match.1))
    }
    throw PeerError("the gateway did not start: \(lines.joined(separator: "\n"))")
  }
}
