import Foundation
import Testing
import TestSupport

extension EndToEnd {
  /// Clients of other makes at the public listener, well-behaved and not.
  @Suite("Foreign clients")
  struct ForeignClientTests {
    private let system: LocalSystem

    init() throws {
      system = try #require(LocalSystem.current)
    }

    /// A Python with grpcio: the one that deploy/test makes.
    private static let python: String? = {
      let made = "\(root)/.vigil/test-python/bin/python"
      let named = ProcessInfo.processInfo.environment["VIGIL_TEST_PYTHON"]
      return [named, made].compactMap { $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    private static let root = LocalSystem.root
    private static let example = "\(root)/deploy/examples/list_cases.py"

    @Test(
      "Python's grpcio lists cases over TLS, with types from reflection",
      .enabled(if: Self.python != nil, "there is no Python with grpcio: deploy/test makes one")
    )
    func listFromPython() async throws {
      let listed = try await CommandRun.run(
        #require(Self.python), [Self.example, system.address, "\(system.state)/tls", "mission = MINUSMA"]
      )
      #expect(listed.status == 0, "\(listed.text)")
      let lines = listed.output.split(separator: "\n")
      #expect(lines.allSatisfy { $0.hasPrefix("MINUSMA-") })
      let victims = lines.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
      #expect(victims.reduce(0, +) == 107)
    }

    @Test("the README shows the script that is tested")
    func readme() throws {
      let script = try TemporaryFolder.read(Self.example)
      #expect(try TemporaryFolder.read("\(Self.root)/README.md").contains("```python\n\(script)```"))
    }

    /// curl at the public listener, over HTTP/2.
    private func curl(_ path: String, _ arguments: String...) async throws -> CommandRun {
      try await .run(
        "/usr/bin/curl",
        [
          "--silent", "--show-error", "--max-time", "20", "--http2", "--dump-header", "-", "--output", "/dev/null",
          "--cacert", "\(system.state)/tls/ca.pem",
        ] + arguments + ["https://localhost:\(system.firstPort)\(path)"]
      )
    }

    @Test(
      "calls that make no sense get a defined status",
      arguments: [
        ("/vigil.cases.v1.CaseService/NoSuchMethod", "application/grpc", "grpc-status: 12"),
        ("/no.such.Service/Method", "application/grpc", "grpc-status: 12"),
        ("/vigil.cases.v1.CaseService/ListCases", "text/plain", "HTTP/2 415"),
        ("/", "application/grpc", "grpc-status: 12"),
      ]
    )
    func senseless(_ path: String, _ contentType: String, _ answer: String) async throws {
      // Without a body: Debian's curl takes an answer that comes before its body is sent for an error.
      let run = try await curl(
        path, "--header", "content-type: \(contentType)", "--header", "te: trailers", "--data", "")
      #expect(run.output.contains(answer), "\(run.text)")
    }

    @Test("a header list beyond the limit is refused")
    func largeHeader() async throws {
      let run = try await curl(
        "/vigil.cases.v1.CaseService/ListCases", "--header", "content-type: application/grpc", "--header",
        "te: trailers",
        "--header", "x-large: \(String(repeating: "a", count: 60_000))", "--data", ""
      )
      #expect(!run.output.contains("grpc-status: 0"), "\(run.text)")
      #expect(try await system.vigil("status").status == 0)
    }

    @Test("what is not TLS, and what is not HTTP/2, leaves the gateway as it was")
    func garbage() async throws {
      let before = system.processID(of: "gateway")
      let script = """
        head -c 100000 /dev/urandom >/dev/tcp/127.0.0.1/\(system.firstPort)
        printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n' >/dev/tcp/127.0.0.1/\(system.firstPort)
        { printf 'PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n'; head -c 100000 /dev/urandom; } |
          timeout 20 openssl s_client -quiet -alpn h2 -connect 127.0.0.1:\(system.firstPort) -CAfile \(system.state)/tls/ca.pem
        true
        """
      _ = try await CommandRun.run("/bin/bash", ["-c", script])
      #expect(try await system.vigil("status").status == 0)
      #expect(system.processID(of: "gateway") == before)
    }

    @Test("nghttp gets an answer with trailers from a call without a message")
    func nghttp() async throws {
      let run = try await CommandRun.run(
        "/usr/bin/nghttp",
        [
          "--verbose", "--timeout=20", "--header=:method: POST", "--header=content-type: application/grpc",
          "--header=te: trailers", "https://127.0.0.1:\(system.firstPort)/vigil.cases.v1.CaseService/GetCase",
        ]
      )
      #expect(run.output.contains("grpc-status: "), "\(run.text)")
      #expect(!run.output.contains("grpc-status: 0"), "\(run.text)")
    }
  }
}
