import Foundation
import TLS
import TestSupport

/// A client of HTTP/2 that knows nothing of gRPC, run once.
struct HTTPTool: Sendable {
  /// A request's body, framed as gRPC frames it: not compressed, then the length, then the bytes.
  static func frame(_ message: [UInt8]) -> Data {
    let length = UInt32(message.count)
    return Data([0] + stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: length >> $0) } + message)
  }

  /// Runs a program to its end.
  ///
  /// - Returns: the lines that it wrote.
  static func run(_ program: String, _ arguments: [String]) async throws -> [String] {
    let process = try PeerProcess("/usr/bin/env", [program] + arguments)
    var lines: [String] = []
    while let line = await process.line() { lines.append(line.trimmingCharacters(in: .whitespacesAndNewlines)) }
    return lines
  }

  static func url(_ port: Int, _ security: Security, _ method: String) -> String {
    "\(security == .tls ? "https" : "http")://127.0.0.1:\(port)/grpc.testing.TestService/\(method)"
  }

  static let headers = ["content-type: application/grpc", "te: trailers"]
}
