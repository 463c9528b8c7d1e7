import Foundation
import TestSupport
import Testing

extension Interop {
  @Suite("curl", .timeLimit(.minutes(1)))
  struct CurlTests {
    /// Makes a call and returns the lines of its header and trailer sections.
    ///
    /// - Parameter message: `nil` sends no body. An answer that does not wait for the body is an error to curl 7.88.
    private func curl(
      _ path: Path, _ security: Security, _ method: String, _ message: [UInt8]? = [], _ extra: [String] = [],
      headers: [String] = HTTPTool.headers
    ) async throws -> [String] {
      let bed = try TestBed.current
      let folder = try TemporaryFolder("curl")
      try message.map(HTTPTool.frame)?.write(to: URL(filePath: folder.file("body")))
      let way =
        security == .tls
        ? ["--http2", "--cacert", bed.identities.authority.authorityFile] : ["--http2-prior-knowledge"]
      let url = HTTPTool.url(try bed.port(of: .vigil, path, security), security, method)
      return try await HTTPTool.run(
        "curl",
        ["--silent", "--show-error", "--dump-header", "-", "--output", folder.file("answer"), "--max-time", "20"] + way
          + extra
          + headers.flatMap { ["--header", $0] }
          + (message == nil ? [] : ["--data-binary", "@\(folder.file("body"))"]) + [url])
    }

    @Test("a call that goes well", arguments: Path.allCases, Security.allCases)
    func call(path: Path, security: Security) async throws {
      let lines = try await curl(path, security, "EmptyCall")
      #expect(lines.first == "HTTP/2 200")
      #expect(lines.contains("content-type: application/grpc"))
      #expect(lines.contains("grpc-status: 0"))
    }

    @Test("what is no gRPC is told so in HTTP's terms", arguments: Path.allCases)
    func notGRPC(path: Path) async throws {
      let media = try await curl(
        path, .plaintext, "EmptyCall", nil, ["--request", "POST"],
        headers: ["content-type: application/json", "te: trailers"])
      #expect(media.first == "HTTP/2 415")
      let get = try await curl(path, .plaintext, "EmptyCall", nil, ["--request", "GET"])
      #expect(get.first == "HTTP/2 405")
    }

    @Test("HTTP/1.1 is served nothing", arguments: Path.allCases, Security.allCases)
    func oldHTTP(path: Path, security: Security) async throws {
      let way = security == .tls ? ["--no-alpn"] : ["--http1.1"]
      let lines = try await curl(path, security, "EmptyCall", [], way)
      #expect(!lines.contains { $0.contains(" 200") || $0.contains("grpc-status") })
    }
  }
}
