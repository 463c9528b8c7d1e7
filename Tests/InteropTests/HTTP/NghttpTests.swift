import Foundation
import GRPCTestingAPI
import SwiftProtobuf
import TestSupport
import Testing

extension Interop {
  @Suite("nghttp and h2load", .timeLimit(.minutes(2)))
  struct NghttpTests {
    /// What nghttp tells of the frames of one call's response.
    private func frames(_ path: Path, _ security: Security, _ method: String, _ message: [UInt8]) async throws
      -> [String]
    {
      let folder = try TemporaryFolder("nghttp")
      try HTTPTool.frame(message).write(to: URL(filePath: folder.file("body")))
      let url = HTTPTool.url(try TestBed.current.port(of: .vigil, path, security), security, method)
      let headers = ([":method: POST"] + HTTPTool.headers).flatMap { ["--header", $0] }
      let lines = try await HTTPTool.run(
        "nghttp",
        ["--verbose", "--null-out", "--no-dep", "--timeout=20", "--data=\(folder.file("body"))"] + headers + [url])
      return lines
    }

    @Test("an error is one HEADERS frame and nothing else", arguments: Path.allCases, Security.allCases)
    func trailersOnly(path: Path, security: Security) async throws {
      let failing = PBSimpleRequest.with {
        $0.responseStatus = .with {
          $0.code = 5
          $0.message = "no"
        }
      }
      for (method, message, status) in [
        ("UnaryCall", try failing.serializedBytes() as [UInt8], "5"), ("UnimplementedCall", [], "12"),
      ] {
        let lines = try await frames(path, security, method, message)
        let heads = lines.filter { $0.contains("recv HEADERS frame") }
        #expect(heads.count == 1 && heads.first?.contains("flags=0x05") == true, "\(heads)")
        #expect(!lines.contains { $0.contains("recv DATA frame") })
        #expect(lines.contains { $0.hasSuffix("grpc-status: \(status)") })
      }
    }

    @Test("a response is HEADERS, DATA and HEADERS", arguments: Path.allCases, Security.allCases)
    func response(path: Path, security: Security) async throws {
      let lines = try await frames(path, security, "EmptyCall", [])
      let kinds = lines.compactMap { line in
        ["HEADERS", "DATA"].first { line.contains("recv \($0) frame") }
      }
      #expect(kinds == ["HEADERS", "DATA", "HEADERS"])
      #expect(lines.contains { $0.hasSuffix("grpc-status: 0") })
    }

    struct Load: Sendable, CustomTestStringConvertible {
      var requests: Int
      var concurrent: Int
      var path: Path
      var security: Security
      var testDescription: String { "\(requests) calls, \(concurrent) at a time, \(path), \(security)" }
    }

    static let loads = [
      Load(requests: 10_000, concurrent: 1, path: .direct, security: .plaintext),
      Load(requests: 10_000, concurrent: 1, path: .gateway, security: .plaintext),
      Load(requests: 5_000, concurrent: 1_000, path: .direct, security: .plaintext),
      Load(requests: 5_000, concurrent: 1_000, path: .direct, security: .tls),
      Load(requests: 5_000, concurrent: 1_000, path: .gateway, security: .plaintext),
      Load(requests: 5_000, concurrent: 1_000, path: .gateway, security: .tls),
    ]

    @Test("no call of many fails", arguments: loads)
    func load(_ load: Load) async throws {
      let folder = try TemporaryFolder("h2load")
      try HTTPTool.frame([]).write(to: URL(filePath: folder.file("body")))
      let url = HTTPTool.url(try TestBed.current.port(of: .vigil, load.path, load.security), load.security, "EmptyCall")
      let lines = try await HTTPTool.run(
        "h2load",
        ["--requests=\(load.requests)", "--clients=1", "--max-concurrent-streams=\(load.concurrent)"]
          + ["--data=\(folder.file("body"))"] + HTTPTool.headers.flatMap { ["--header", $0] } + [url])
      let all = load.requests
      let counts = "\(all) total, \(all) started, \(all) done, \(all) succeeded, 0 failed, 0 errored, 0 timeout"
      #expect(lines.contains { $0.contains(counts) }, "\(lines.filter { $0.hasPrefix("requests:") })")
    }
  }
}
